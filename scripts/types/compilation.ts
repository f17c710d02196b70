/** One compilation of the type tests: the declarations of a Node by a TypeScript. */
export interface Compilation {
  readonly node: string;
  readonly typescript: string;
}

const NODES = ['20', '22', '24', '26'];
const TYPESCRIPTS = ['5.4', '5.9', '7'];

/**
 * Declarations of Node that are no TypeScript to an older compiler: they name `AsyncIteratorObject`, which is of 5.6, and no
 * stream can be read without it.
 */
const BEYOND: readonly Compilation[] = [{ node: '26', typescript: '5.4' }];

/** What a type test needs of the compiler, by its file. All others are for each TypeScript. */
const LEAST: Readonly<Record<string, number>> = {
  // From 5.5 on, `(x) => typeof x === 'string'` is a type guard without saying so.
  'inferred-guards.test.ts': 5.5,
};

/** All compilations, but for those that can't be; or those of the Nodes that are named. */
export function compilations(nodes: readonly string[]): Compilation[] {
  const chosen = nodes.length > 0 ? nodes : NODES;
  return chosen
    .flatMap((node) => TYPESCRIPTS.map((typescript) => ({ node, typescript })))
    .filter((one) => !BEYOND.some((other) => isSame(one, other)));
}

const isSame = (one: Compilation, other: Compilation): boolean =>
  one.node === other.node && one.typescript === other.typescript;

/** Whether a TypeScript compiles this test. */
export const isFor = (typescript: string, file: string): boolean =>
  Number(typescript) >= (LEAST[file] ?? 0);

import { minifySync, parseSync } from 'rolldown/utils';
import { type Edit, edited } from './edited.js';
import { isNode, type Node, nodesIn } from './nodes.js';

/** Where a line may end: Node prints the line that an error was thrown on, and a trace tells lines before columns. */
const WIDTH = 120;

export interface Compacted {
  readonly code: string;
  readonly map: {
    readonly mappings: string;
    readonly sources: string[];
    readonly names: string[];
  };
}

/**
 * The same program in fewer bytes: no space between words, and, but for `keepsNames`, shorter names of variables and
 * private fields. Functions, methods and classes keep their names, which traces and errors show; and nothing is computed in
 * another way, as the engine is written for V8.
 */
export function compact(path: string, text: string, { keepsNames = false } = {}): Compacted {
  const { code, map, errors } = minifySync(path, text, {
    module: true,
    sourcemap: true,
    compress: false,
    mangle: !keepsNames && { toplevel: true, keepNames: true },
    codegen: { removeWhitespace: true, asciiOnly: true },
  });
  const [problem] = errors;
  if (problem || !map) throw new Error(`${path}: ${problem?.message ?? 'no source map'}`);
  const nodes = [...nodesIn(parseSync(path, code).program)];
  const names = keepsNames ? [] : methodNames(path, text, nodes);
  const edits = [...names, ...quotesIn(code, nodes), ...breaksIn(nodes)];
  const result = edited(
    { code, mappings: map.mappings },
    edits.sort((a, b) => a.start - b.start || a.end - b.end),
  );
  return {
    code: result.code,
    map: { mappings: result.mappings, sources: map.sources, names: map.names },
  };
}

/** Gives private methods their names back. The two programs are made of the same nodes, in the same order. */
function methodNames(path: string, text: string, nodes: readonly Node[]): Edit[] {
  const before = [...nodesIn(parseSync(path, text).program)];
  const [was, is] = [before.filter(isPrivate), nodes.filter(isPrivate)];
  if (was.length !== is.length) throw new Error(`${path}: another program came out`);
  const methods = new Set(
    before.flatMap(({ type, key }) => (type === METHOD ? [nameOf(key)] : [])),
  );
  return is.flatMap(({ start, end }, at) => {
    const name = nameOf(was[at]);
    return methods.has(name) ? [{ start, end, text: `#${name}` }] : [];
  });
}

const METHOD = 'MethodDefinition';

const isPrivate = ({ type }: Node): boolean => type === 'PrivateIdentifier';

const nameOf = (node: unknown): string | undefined => (node as Node | undefined)?.name;

/** Quotes instead of backticks around what is imported when it is needed: that is how imports are found elsewhere. */
function quotesIn(code: string, nodes: readonly Node[]): Edit[] {
  return nodes.flatMap(({ type, source }) => {
    if (type !== 'ImportExpression' || !isNode(source)) return [];
    const { start, end } = source;
    const [, path] = /^`([^`$]+)`$/.exec(code.slice(start, end)) ?? [];
    return path ? [{ start, end, text: `"${path}"` }] : [];
  });
}

/** A new line before a statement, or a member of a class, wherever one has become long. */
function breaksIn(nodes: readonly Node[]): Edit[] {
  const starts = nodes.flatMap(({ body, consequent }) =>
    [body, consequent].flatMap((list) => (Array.isArray(list) ? (list as Node[]) : [])),
  );
  let last = 0;
  return starts
    .map(({ start }) => start)
    .sort((a, b) => a - b)
    .flatMap((start) => {
      if (start - last < WIDTH) return [];
      last = start;
      return [{ start, end: start, text: '\n' }];
    });
}

import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Node, parseExpressionAt } from 'acorn';

/** The name that replaces `import`. It has the same length, so the columns in the expression do not change. */
const NAME = '$mport';

/** Makes `import(...)` in an expression find modules as a file in the working directory would. */
export function ownImports(code: string, scope: Scope): { code: string; names: Scope } {
  const options = { ecmaVersion: 'latest', allowAwaitOutsideFunction: true } as const;
  const places = importsIn(parseExpressionAt(code, 0, options));
  const own = places.reduce(
    (text, at) => text.slice(0, at) + NAME + text.slice(at + NAME.length),
    code,
  );
  return { code: own, names: { ...scope, [NAME]: importHere } };
}

function importsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(importsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { type, start } = value as Node;
  const inner = Object.values(value).flatMap(importsIn);
  return type === 'ImportExpression' ? [start, ...inner] : inner;
}

async function importHere(specifier: unknown, options?: ImportCallOptions): Promise<unknown> {
  const text = String(specifier);
  return (await import(located(text), options)) as unknown;
}

/** Resolves paths and packages from the working directory. Node resolves everything else. */
function located(specifier: string): string {
  if (/^(\.{0,2}\/)/.test(specifier)) return pathToFileURL(resolve(specifier)).href;
  try {
    const found = createRequire(resolve('from-here')).resolve(specifier);
    return found === specifier ? specifier : pathToFileURL(found).href;
  } catch {
    return specifier;
  }
}

export type Scope = Readonly<Record<string, unknown>>;

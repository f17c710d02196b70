import type { Unknown } from '../errors/command-error.js';
import { names } from '../library/library.js';

/** A name that nothing in scope has, and what it may have been meant as. `text` is the expression that it stands in. */
export function unknownName(error: unknown, text = ''): Unknown | undefined {
  if (!(error instanceof ReferenceError)) return undefined;
  const word = /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (word === undefined) return undefined;
  const known = [...names, ...Object.getOwnPropertyNames(globalThis)];
  return { word, known, meant: fieldIn(text, word) };
}

/** To JavaScript, `.order-id` is a difference. */
function fieldIn(text: string, word: string): string | undefined {
  const [, way, field] = /^\s*((?:\.[\w$]+)*)\.([\w$]+(?:-[\w$]+)+)\s*$/.exec(text) ?? [];
  return field?.includes(`-${word}`) ? `${way || '.'}["${field}"]` : undefined;
}

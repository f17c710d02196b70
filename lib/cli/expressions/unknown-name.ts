import type { Unknown } from '../errors/command-error.js';
import { names } from '../library/library.js';

/** The name that a ReferenceError is about, and what the user may have meant. `text`: the expression with the name. */
export function unknownName(error: unknown, text = ''): Unknown | undefined {
  if (!(error instanceof ReferenceError)) return undefined;
  const word = /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (word === undefined) return undefined;
  const known = [...names, ...Object.getOwnPropertyNames(globalThis)];
  return { word, known, meant: fieldIn(text, word) };
}

/** JavaScript reads `.order-id` as a subtraction, but the user means the field `.["order-id"]`. */
function fieldIn(text: string, word: string): string | undefined {
  const [, way, field] = /^\s*((?:\.[\w$]+)*)\.([\w$]+(?:-[\w$]+)+)\s*$/.exec(text) ?? [];
  return field?.includes(`-${word}`) ? `${way || '.'}["${field}"]` : undefined;
}

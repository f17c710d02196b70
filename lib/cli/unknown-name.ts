import type { Unknown } from './command-error.js';
import { names } from './library.js';

/** A name that nothing in scope has, and the names it may have been meant as. */
export function unknownName(error: unknown): Unknown | undefined {
  if (!(error instanceof ReferenceError)) return undefined;
  const word = /^(\S+) is not defined$/.exec(error.message)?.[1];
  return word === undefined
    ? undefined
    : { word, known: [...names, ...Object.getOwnPropertyNames(globalThis)] };
}

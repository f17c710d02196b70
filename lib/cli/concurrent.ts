import { badUsage } from './command-error.js';

type Library = typeof import('../index.js');

/** A library for the stages of a line, and what is to be seen once they are made. */
export interface Concurrent {
  readonly library: Library;
  /** Refuses `--concurrency` where there is nothing that it speaks of. */
  requireUse(): void;
}

/** What `--concurrency` says: `map`, `flatMap` and plain functions call for that many items at a time. */
export function concurrent(library: Library, text: string | undefined): Concurrent {
  if (text === undefined) return { library, requireUse: () => {} };
  const concurrency = Number(text);
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw badUsage(`--concurrency must be an integer from 1, got '${text}'`);
  let used = false;
  const optionsOf = (options: unknown): unknown => {
    used = true;
    // What is no record is for the operator to refuse.
    const given = typeof options === 'object' && options !== null ? options : {};
    return options === undefined || options === given ? { concurrency, ...given } : options;
  };
  const map = (fn: never, options: unknown) => library.map(fn, optionsOf(options) as never);
  const flatMap = (fn: never, options: unknown) => library.flatMap(fn, optionsOf(options) as never);
  return {
    library: { ...library, map, flatMap } as Library,
    requireUse: () => {
      if (used) return;
      throw badUsage('--concurrency is for map, flatMap and functions, and no stage is one');
    },
  };
}

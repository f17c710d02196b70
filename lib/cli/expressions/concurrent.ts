import { map } from '../../operators/map.js';
import { badUsage } from '../errors/command-error.js';
import { type Library, load } from '../library/library.js';

/** What the stages of a line have in place of the library's. */
export type Operators = Pick<Library, 'map'> & Partial<Pick<Library, 'flatMap'>>;

/** Operators for the stages of a line, and what is to be seen once they are made. */
export interface Concurrent {
  readonly operators: Operators;
  /** Refuses `--concurrency` where there is nothing that it speaks of. */
  requireUse(): void;
}

/** What `--concurrency` says: `map`, `flatMap` and plain functions call for that many items at a time. */
export async function concurrent(text: string | undefined): Promise<Concurrent> {
  if (text === undefined) return { operators: { map }, requireUse: () => {} };
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
  const { flatMap } = await load('flatMap');
  const operators = {
    map: (fn: never, options: unknown) => map(fn, optionsOf(options) as never),
    flatMap: (fn: never, options: unknown) => flatMap(fn, optionsOf(options) as never),
  } as Operators;
  return {
    operators,
    requireUse: () => {
      if (used) return;
      throw badUsage('--concurrency is for map, flatMap and functions, and no stage is one');
    },
  };
}

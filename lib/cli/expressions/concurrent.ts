import { map } from '../../operators/map.js';
import { badUsage } from '../errors/command-error.js';
import { type Library, load } from '../library/library.js';

/** The operators that replace those of the library in the stages of a line. */
export type Operators = Pick<Library, 'map'> & Partial<Pick<Library, 'flatMap'>>;

/** Operators for the stages of a line, and a check for when all stages are made. */
export interface Concurrent {
  readonly operators: Operators;
  /** Throws when `--concurrency` is given and no stage uses it. */
  requireUse(): void;
}

/** Applies `--concurrency`: `map`, `flatMap` and plain functions make that many calls at a time. */
export async function concurrent(text: string | undefined): Promise<Concurrent> {
  if (text === undefined) return { operators: { map }, requireUse: () => {} };
  const concurrency = Number(text);
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw badUsage(`--concurrency must be an integer from 1, got '${text}'`);
  let used = false;
  const optionsOf = (options: unknown): unknown => {
    used = true;
    // If `options` is not an object, the operator refuses it.
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

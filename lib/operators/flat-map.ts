import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * The items of what `fn` makes of each item: an iterable or async iterable, finite or not, or a promise of one.
 *
 * Emits: the items of each in turn, one at a time, as they are asked for.   Waits: while a promise is pending.
 * Fails: when `fn` or its iterable throws or rejects, or `fn` answers something else. When the run ends, the iterable
 * at hand is closed.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * await pipeline(['a b', 'c'], flatMap((words) => words.split(' ')), toArray()) // ['a', 'b', 'c']
 */
export function flatMap<I, O>(
  fn: (item: I, context: Context) => Items<O> | PromiseLike<Items<O>>,
  options?: NameOptions,
): Stage<I, O> {
  requireFunction('flatMap', 'fn', fn);
  return stage<I, O>('flatMap', { expand: fn }, options, fn);
}

type Items<O> = Iterable<O | PromiseLike<O>> | AsyncIterable<O>;

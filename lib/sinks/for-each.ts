import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Calls `fn` with each item, one after the other. Its answer to an item is what `fn` answers.
 *
 * Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * const seen = [];
 * await pipeline(range(0, 3), forEach((x) => seen.push(x * 10))) // undefined
 * seen // [0, 10, 20]
 */
export function forEach<T, A>(
  fn: (item: T, context: Context) => A | PromiseLike<A>,
  options?: NameOptions,
): Sink<T, void, A> {
  requireFunction('forEach', 'fn', fn);
  return sink<T, void, A>('forEach', { take: fn }, options, fn);
}

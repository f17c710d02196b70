import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { whenReady } from '../core/thenable.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Results in whether `fn` answers something true for all items; a promise is waited for. Without items: true.
 *
 * Waits: while a promise of `fn` is pending.   Ends: with the first item for which `fn` answers something false, without
 * asking for one more; what is upstream is closed then.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * await pipeline(range(0, 100), every((x) => x < 5)) // false
 */
export function every<T>(
  fn: (item: T, context: Context) => unknown,
  options?: NameOptions,
): Sink<T, boolean> {
  requireFunction('every', 'fn', fn);
  let all = true;
  const look = (item: T, context: Context): void | PromiseLike<void> =>
    whenReady(fn(item, context), (passed): void => {
      all = Boolean(passed);
    });
  return sink<T, boolean>('every', { take: look, done: () => !all, end: () => all }, options, fn);
}

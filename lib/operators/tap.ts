import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Calls `fn` with each item, then passes the item unchanged. A promise is awaited; the returned value is ignored.
 *
 * Emits: each item once `fn` is done with it.
 * Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. A skipped item is dropped; after
 * an `onError` function the item is emitted.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * const seen = [];
 * await pipeline(range(0, 3), tap((x) => seen.push(x * 10)), toArray()) // [0, 1, 2]
 * seen // [0, 10, 20]
 */
export function tap<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T> {
  validateFunction('tap', 'fn', fn);
  validateOptions('tap', options, POLICIES);
  const callback = new Callback('tap', fn, options);
  return stage<T, T>('tap', { tap: callback.fn }, options, fn, callback);
}

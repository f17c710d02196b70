import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { CallbackOptions, Replaced } from '../streams/types.js';

/**
 * Calls `fn` with each item, one after the other. In a push pipeline, `send` resolves to the value that `fn` returns.
 *
 * Holds: nothing.   Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. The value that an `onError`
 * function returns is used instead of that of `fn`; for a skipped item it is `undefined`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * const seen = [];
 * await pipeline(range(0, 3), forEach((x) => seen.push(x * 10))) // undefined
 * seen // [0, 10, 20]
 */
export function forEach<T, A, R = never>(
  fn: (item: T, context: Context) => A | PromiseLike<A>,
  options?: CallbackOptions<T, R>,
): Sink<T, void, A | Replaced<R>> {
  validateFunction('forEach', 'fn', fn);
  validateOptions('forEach', options, POLICIES);
  const callback = new Callback('forEach', fn, options);
  return sink<T, void, A | R>('forEach', { take: callback.fn }, options, fn, callback);
}

import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { Fold, fromFirst, NONE } from '../core/protocol/fold.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Folds all items into one value, and results in it. In a push pipeline, `send` resolves to the value so far.
 *
 * Holds: the value so far.   Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(value, item, { signal })`; returns the next value or a promise of it.
 * @param initial the first value, and the result when there are no items. Without it, the first item is the first value,
 * and a run without items fails.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * the next value; for a skipped item, the value stays as it was.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(0, 5), reduce((sum, x) => sum + x, 0)) // 10
 */
export function reduce<T, R>(
  fn: (value: R, item: T, context: Context) => R | PromiseLike<R>,
  initial: R,
  options?: CallbackOptions<T, R>,
): Sink<T, R, R>;
export function reduce<T>(
  fn: (value: T, item: T, context: Context) => T | PromiseLike<T>,
): Sink<T, T, T>;
export function reduce<T, R>(
  fn: (value: R, item: T, context: Context) => R | PromiseLike<R>,
  ...rest: [initial?: R, options?: CallbackOptions<T, R>]
): Sink<T, R, R> {
  const [initial, options] = rest;
  const isSeeded = rest.length > 0;
  validateFunction('reduce', 'fn', fn);
  validateOptions('reduce', options, POLICIES);
  const callback = new Callback('reduce', isSeeded ? fn : fromFirst(fn), options);
  const fold = new Fold(callback.fn, (isSeeded ? initial : NONE) as R);
  return sink<T, R, R>(
    'reduce',
    {
      fold: fold as Fold<T, unknown>,
      take: (item, context) => fold.take(item, context),
      end: () => {
        if ((fold.value as unknown) === NONE)
          throw new TypeError('there is neither an item nor an initial value');
        return fold.value;
      },
    },
    options,
    fn,
    callback,
  );
}

import { validateFunction, validateOptions } from '../core/base/validate.js';
import { anItem, Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { Fold, fromFirst, NONE } from '../core/protocol/fold.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Folds the items into one value, and emits the value after each item.
 *
 * Emits: the new value for each item; `initial` itself is not emitted.   Holds: the value.
 * Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects, or returns `null`.
 *
 * @param fn called with `(value, item, { signal })`; returns the next value or a promise of it.
 * @param initial the value before the first item. Without it, the first item is the first value, and emitted as it is.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * the next value; for a skipped item, the value stays as it was.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(1, 5), scan((sum, x) => sum + x, 0), toArray()) // [1, 3, 6, 10]
 */
export function scan<I, O>(
  fn: (value: O, item: I, context: Context) => O | PromiseLike<O>,
  initial: O,
  options?: CallbackOptions<I, O>,
): Stage<I, O>;
export function scan<T>(
  fn: (value: T, item: T, context: Context) => T | PromiseLike<T>,
): Stage<T, T>;
export function scan<I, O>(
  fn: (value: O, item: I, context: Context) => O | PromiseLike<O>,
  ...rest: [initial?: O, options?: CallbackOptions<I, O>]
): Stage<I, O> {
  const [initial, options] = rest;
  const isSeeded = rest.length > 0;
  validateFunction('scan', 'fn', fn);
  validateOptions('scan', options, POLICIES);
  const callback = new Callback('scan', isSeeded ? fn : fromFirst(fn), options, anItem);
  const fold = new Fold(callback.fn, (isSeeded ? initial : NONE) as O);
  return stage<I, O>('scan', { fold }, options, fn, callback);
}

import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Passes the items for which `fn` returns a truthy value. A promise is awaited.
 *
 * Emits: each item that `fn` keeps.   Waits: while a promise of `fn` is pending.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`; a type guard narrows the items' type.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * whether to keep the item; beside a type guard it can only return `false`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(0, 6), filter((x) => x % 2 === 0), toArray()) // [0, 2, 4]
 */
export function filter<I, O extends I>(
  fn: (item: I, context: Context) => item is O,
  options?: CallbackOptions<I, false>,
): Stage<I, O>;
export function filter<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T>;
export function filter<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T> {
  validateFunction('filter', 'fn', fn);
  validateOptions('filter', options, POLICIES);
  const callback = new Callback('filter', fn, options);
  return stage<T, T>('filter', { test: callback.fn }, options, fn, callback);
}

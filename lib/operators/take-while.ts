import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * The items before the first for which `fn` answers something false; a promise is waited for.
 *
 * Emits: when `fn` keeps an item.   Waits: while a promise of `fn` is pending.
 * Ends: with the first item that `fn` refuses, which is dropped, without asking for one more; what is upstream is closed
 * then.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`; a type guard narrows the items' type.
 * @param options `retry` and `onError` say what becomes of an item that `fn` fails on. A function says whether to keep
 * it; skipped, it does not end the stage.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline([1, 2, 9, 1], takeWhile((x) => x < 5), toArray()) // [1, 2]
 */
export function takeWhile<I, O extends I>(
  fn: (item: I, context: Context) => item is O,
  options?: CallbackOptions<I, false>,
): Stage<I, O>;
export function takeWhile<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T>;
export function takeWhile<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T> {
  validateFunction('takeWhile', 'fn', fn);
  validateOptions('takeWhile', options, POLICIES);
  const callback = new Callback('takeWhile', fn, options);
  const ask = callback.fn;
  let taking = true;
  const keep = (kept: unknown): boolean => {
    taking = Boolean(kept);
    return taking;
  };
  return stage<T, T>(
    'takeWhile',
    { test: (item, context) => whenReady(ask(item, context), keep), done: () => !taking },
    options,
    fn,
    callback,
  );
}

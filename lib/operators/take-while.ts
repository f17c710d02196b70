import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Passes items until `fn` returns a falsy value. A promise is awaited.
 *
 * Emits: each item that `fn` keeps.   Waits: while a promise of `fn` is pending.
 * Ends: at the first item that `fn` refuses. It drops that item, asks for no more, and closes its input.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`; a type guard narrows the items' type.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * whether to keep the item. A skipped item does not end the stage.
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

import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * Drops items until `fn` returns a falsy value, then passes that item and all that follow. A promise is awaited.
 *
 * Emits: that item and every one after it, without calling `fn` again.   Waits: while a promise of `fn` is pending.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * whether to drop the item. A skipped item is dropped, and `fn` is called with the next one.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline([1, 2, 9, 1], dropWhile((x) => x < 5), toArray()) // [9, 1]
 */
export function dropWhile<T>(
  fn: (item: T, context: Context) => unknown,
  options?: CallbackOptions<T, unknown>,
): Stage<T, T> {
  validateFunction('dropWhile', 'fn', fn);
  validateOptions('dropWhile', options, POLICIES);
  const callback = new Callback('dropWhile', fn, options);
  const ask = callback.fn;
  let dropping = true;
  const keep = (dropped: unknown): boolean => {
    dropping = Boolean(dropped);
    return !dropping;
  };
  return stage<T, T>(
    'dropWhile',
    { test: (item, context) => !dropping || whenReady(ask(item, context), keep) },
    options,
    fn,
    callback,
  );
}

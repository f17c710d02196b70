import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/**
 * The items from the first on for which `fn` answers something false; a promise is waited for.
 *
 * Emits: that item and every one after it, of which `fn` is not asked.   Waits: while a promise of `fn` is pending.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what becomes of an item that `fn` fails on. A function says whether to drop
 * on; skipped, it is dropped, and so may the next be.
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

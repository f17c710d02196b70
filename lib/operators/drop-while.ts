import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { whenReady } from '../core/thenable.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * The items from the first on for which `fn` answers something false; a promise is waited for.
 *
 * Emits: that item and every one after it, of which `fn` is not asked.   Waits: while a promise of `fn` is pending.
 * Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * await pipeline([1, 2, 9, 1], dropWhile((x) => x < 5), toArray()) // [9, 1]
 */
export function dropWhile<T>(
  fn: (item: T, context: Context) => unknown,
  options?: NameOptions,
): Stage<T, T> {
  requireFunction('dropWhile', 'fn', fn);
  let dropping = true;
  const keep = (dropped: unknown): boolean => {
    dropping = Boolean(dropped);
    return !dropping;
  };
  return stage<T, T>(
    'dropWhile',
    { test: (item, context) => !dropping || whenReady(fn(item, context), keep) },
    options,
    fn,
  );
}

import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * Every item as it is, after `fn` has seen it; a promise is waited for, and what `fn` answers is dropped.
 *
 * Waits: while a promise of `fn` is pending.   Fails: when `fn` throws or rejects.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * const seen = [];
 * await pipeline(range(0, 3), tap((x) => seen.push(x * 10)), toArray()) // [0, 1, 2]
 * seen // [0, 10, 20]
 */
export function tap<T>(
  fn: (item: T, context: Context) => unknown,
  options?: NameOptions,
): Stage<T, T> {
  requireFunction('tap', 'fn', fn);
  return stage<T, T>('tap', { tap: fn }, options, fn);
}

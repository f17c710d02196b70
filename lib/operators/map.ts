import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/**
 * What `fn` makes of each item; a promise is waited for.
 *
 * Emits: one item for each, in order.   Waits: while a promise of `fn` is pending.
 * Fails: when `fn` throws or rejects, or answers `null`.
 *
 * @param fn called with `(item, { signal })`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function.
 * @example
 * await pipeline(range(0, 3), map((x) => x * x), toArray()) // [0, 1, 4]
 */
export function map<I, O>(
  fn: (item: I, context: Context) => O | PromiseLike<O>,
  options?: NameOptions,
): Stage<I, O> {
  requireFunction('map', 'fn', fn);
  return stage<I, O>('map', { map: fn }, options, fn);
}

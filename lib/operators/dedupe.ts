import { whenReady } from '../core/base/thenable.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/** Options of `dedupe`. */
export interface DedupeOptions<T> extends CallbackOptions<T, unknown> {
  /** Returns an item's key, or a promise of it; called with `(item, { signal })`. Default: the item itself. */
  readonly key?: ((item: T, context: Context) => unknown) | undefined;
  /** How many distinct keys are remembered; an integer from 1. Default 1: only adjacent duplicates are dropped. */
  readonly within?: number | undefined;
}

/**
 * Drops an item when its key is one of the `within` distinct keys seen last. A key that is seen again, on a dropped
 * item too, becomes the latest. Keys are compared as in a `Set`: `NaN` equals itself, an object equals only itself.
 *
 * Emits: each item whose key is not remembered.   Holds: at most `within` keys, and forgets the one seen longest ago.
 * Waits: while a promise of `key` is pending.   Fails: when `key` throws or rejects.
 *
 * @param options `retry` and `onError` say what happens to an item that `key` fails on. An `onError` function returns
 * the key to use; the key of a skipped item is not remembered.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `key` is no function, or an option is out of range.
 * @example
 * await pipeline([1, 1, 2, 1], dedupe(), toArray()) // [1, 2, 1]
 * await pipeline([1, 1, 2, 1], dedupe({ within: 2 }), toArray()) // [1, 2]
 * await pipeline(['a', 'A', 'b'], dedupe({ key: (s) => s.toLowerCase() }), toArray()) // ['a', 'b']
 */
export function dedupe<T>(options: DedupeOptions<T> = {}): Stage<T, T> {
  validateOptions('dedupe', options, ['key', 'within', ...POLICIES]);
  const { key = (item: T): unknown => item, within = 1 } = options;
  validateFunction('dedupe', 'key', key);
  validateCount('dedupe', 'within', within, 1);
  const callback = new Callback('dedupe', key, options);
  const ask = callback.fn;
  const seen = new Set<unknown>();
  let oldest = seen.values();
  let steps = 0;
  // A `Set` iterator keeps deleted keys in memory, and a new one must skip them. So it is renewed every `within` steps.
  const forget = (): void => {
    steps += 1;
    if (steps > within) {
      oldest = seen.values();
      steps = 0;
    }
    if (seen.size > within) seen.delete(oldest.next().value);
  };
  const isNew = (found: unknown): boolean => {
    const known = seen.delete(found);
    seen.add(found);
    forget();
    return !known;
  };
  return stage<T, T>(
    'dedupe',
    { test: (item, context) => whenReady(ask(item, context), isNew) },
    options,
    undefined,
    callback,
  );
}

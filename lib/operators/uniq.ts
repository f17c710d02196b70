import { BoundError } from '../core/base/errors.js';
import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateKeys, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

const MAX_KEYS = 1_000_000;

/** Options of `uniq`. */
export interface UniqOptions<T> extends CallbackOptions<T, unknown> {
  /** Returns an item's key, or a promise of it; called with `(item, { signal })`. Default: the item itself. */
  readonly key?: KeyOf<T> | undefined;
  /** How many distinct keys are remembered; an integer from 1 to 2^24. Default 1,000,000. */
  readonly maxKeys?: number | undefined;
}

/**
 * Passes the first item of each key, and drops the later ones. It remembers every key, and fails when there are more
 * than `maxKeys`; `dedupe({ within })` forgets the oldest keys instead, and lets late duplicates through. Keys are
 * compared as in a `Set`: `NaN` equals itself, an object equals only itself.
 *
 * Emits: each item whose key is new.   Holds: every key, at most `maxKeys`.   Waits: while a promise of `key` is
 * pending.
 * Fails: when `key` throws or rejects; with a `BoundError` ERR_SLUICE_BOUND at the item whose key is one too many.
 *
 * @param options `retry` and `onError` say what happens to an item that `key` fails on. An `onError` function returns
 * the key to use; the key of a skipped item is not remembered.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `key` is no function, or an option is out of range.
 * @example
 * await pipeline([1, 2, 1, 3, 2], uniq(), toArray()) // [1, 2, 3]
 * await pipeline(['a', 'b', 'A'], uniq({ key: (s) => s.toLowerCase() }), toArray()) // ['a', 'b']
 */
export function uniq<T>(options: UniqOptions<T> = {}): Stage<T, T> {
  validateOptions('uniq', options, ['key', 'maxKeys', ...POLICIES]);
  const { key = (item: T): unknown => item, maxKeys = MAX_KEYS } = options;
  validateFunction('uniq', 'key', key);
  validateKeys('uniq', 'maxKeys', maxKeys);
  const callback = new Callback('uniq', key, options);
  const ask = callback.fn;
  const seen = new Set<unknown>();
  const isNew = (found: unknown): boolean => {
    if (seen.has(found)) return false;
    if (seen.size === maxKeys) {
      throw new BoundError(
        `more than ${maxKeys} distinct keys; raise maxKeys, or use dedupe({ within }), which forgets the oldest`,
      );
    }
    seen.add(found);
    return true;
  };
  return stage<T, T>(
    'uniq',
    { test: (item, context) => whenReady(ask(item, context), isNew) },
    options,
    undefined,
    callback,
  );
}

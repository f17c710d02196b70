import { BoundError } from '../core/base/errors.js';
import { whenReady } from '../core/base/thenable.js';
import { validateFunction, validateKeys, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import { sink } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { CallbackOptions } from '../streams/types.js';

const MAX_KEYS = 1_000_000;

/** Options of `tally`. */
export interface TallyOptions<T = unknown, K = never> extends CallbackOptions<T, K> {
  /** How many distinct keys are counted; an integer from 1 to 2^24. Default 1,000,000. */
  readonly maxKeys?: number | undefined;
}

/**
 * Counts the items of each key, and results in pairs of key and count, the most frequent first. Equally frequent keys
 * are in the order in which they first came. `new Map(pairs)` makes a map of them. Keys are compared as in a `Map`.
 *
 * Holds: each key and its count, at most `maxKeys`.   Waits: while a promise of `key` is pending.
 * Fails: when `key` throws or rejects; with a `BoundError` ERR_SLUICE_BOUND at the item whose key is one too many.
 *
 * @param key returns the key that is counted, or a promise of it; called with `(item, { signal })`. Default: the item
 * itself.
 * @param options `retry` and `onError` say what happens to an item that `key` fails on. An `onError` function returns
 * the key to use; a skipped item does not count.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `key` is no function, or an option is out of range.
 * @example
 * await pipeline(['a', 'b', 'a'], tally()) // [['a', 2], ['b', 1]]
 * await pipeline(['a', 'bb', 'cc'], tally((s) => s.length)) // [[2, 2], [1, 1]]
 */
export function tally<T, K = T>(
  key?: KeyOf<T, K>,
  options: TallyOptions<NoInfer<T>, NoInfer<K>> = {},
): Sink<T, [K, number][]> {
  if (key !== undefined) validateFunction('tally', 'key', key);
  validateOptions('tally', options, ['maxKeys', ...POLICIES]);
  const { maxKeys = MAX_KEYS } = options;
  validateKeys('tally', 'maxKeys', maxKeys);
  const callback = new Callback('tally', key ?? ((item: T) => item as unknown as K), options);
  const ask = callback.fn;
  const counts = new Map<K, number>();
  const add = (found: K): void => {
    const before = counts.get(found);
    if (before === undefined && counts.size >= maxKeys)
      throw new BoundError(
        `more than ${maxKeys} distinct keys; raise maxKeys, or count coarser keys`,
      );
    counts.set(found, (before ?? 0) + 1);
  };
  return sink<T, [K, number][]>(
    'tally',
    {
      take: (item, context) => whenReady(ask(item, context), add),
      end: () => [...counts].sort(([, a], [, b]) => b - a),
    },
    options,
    key,
    callback,
  );
}

import { Heap } from '../core/base/heap.js';
import { type Compare, keyOrder } from '../core/base/key-order.js';
import { whenReady } from '../core/base/thenable.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import { SKIP } from '../core/protocol/pull.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions } from '../streams/types.js';

/** Options of `top`. */
export interface TopOptions<K, T = unknown> extends CallbackOptions<T, K> {
  /** Compares two keys, as for `Array.prototype.sort`. Default: the natural order, see `sort`. */
  readonly compare?: Compare<K> | undefined;
  /** The least instead, the least of them first. Default false. */
  readonly ascending?: boolean | undefined;
}

interface Ranked<T> {
  readonly key: unknown;
  readonly item: T;
  readonly index: number;
}

/**
 * The `size` items with the greatest keys, the greatest first: as the first ones after `sort({ descending: true })`, but
 * in little memory. Of equal ones those that came first; keys that are missing (undefined, null, NaN) come last.
 *
 * Emits: when its input has ended.   Holds: at most `size` items.   Waits: while a promise of `by` is pending.
 * Fails: when `by` or `compare` throws, or `by` rejects.
 *
 * Inside `push`, an item is answered, with undefined, when it is taken here: `close` tells how it fared behind.
 *
 * @param size items to keep; an integer from 0.
 * @param by answers an item's key; called with `(item, { signal })`. Default: the item itself.
 * @param options `retry` and `onError` say what becomes of an item that `by` fails on. A function answers the key;
 * skipped, the item is left out. What `compare` throws fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `by` or `compare` is no function, or `size` or an option is out of
 * range.
 * @example
 * await pipeline([3, 1, 4, 1, 5], top(2), toArray()) // [5, 4]
 * await pipeline(['aaa', 'b', 'cc'], top(2, (s) => s.length, { ascending: true }), toArray()) // ['b', 'cc']
 */
export function top<T, K = unknown>(
  size: number,
  by?: KeyOf<T, K>,
  options: TopOptions<K, T> = {},
): Stage<T, T> {
  validateCount('top', 'size', size);
  if (by !== undefined) validateFunction('top', 'by', by);
  validateOptions('top', options, ['compare', 'ascending', ...POLICIES]);
  const { compare, ascending = false } = options;
  if (compare !== undefined) validateFunction('top', 'compare', compare);
  const callback = new Callback('top', by ?? ((item: T) => item as unknown as K), options);
  const ask = callback.fn;
  const order = keyOrder({ compare, descending: !ascending });
  const bestFirst = (a: Ranked<T>, b: Ranked<T>): number =>
    order(a.key, b.key) || a.index - b.index;
  const worstFirst = new Heap<Ranked<T>>((a, b) => bestFirst(b, a));
  let items = 0;
  const rank = (key: unknown, item: T): typeof SKIP => {
    const ranked = { key, item, index: items };
    items += 1;
    if (worstFirst.size < size) worstFirst.push(ranked);
    else if (worstFirst.top && bestFirst(ranked, worstFirst.top) < 0) worstFirst.replace(ranked);
    return SKIP;
  };
  return stage<T, T>(
    'top',
    {
      map: (item, context) => whenReady(ask(item, context), (key) => rank(key, item)),
      end: () =>
        worstFirst
          .values()
          .toSorted(bestFirst)
          .map(({ item }) => item),
    },
    options,
    by,
    callback,
  );
}

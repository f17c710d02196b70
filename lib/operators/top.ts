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
  /** Keeps the least keys instead, and emits the least first. Default false. */
  readonly ascending?: boolean | undefined;
}

interface Ranked<T> {
  readonly key: unknown;
  readonly item: T;
  readonly index: number;
}

/**
 * Emits the `size` items with the greatest keys, the greatest first. These are the first items of
 * `sort({ descending: true })`, found with less memory. Of equal items, the earlier ones are kept. Missing keys
 * (undefined, null, NaN) come last.
 *
 * Emits: when its input has ended.   Holds: at most `size` items.   Waits: while a promise of `by` is pending.
 * Fails: when `by` or `compare` throws, or `by` rejects.
 *
 * Inside `push`, `send` resolves to `undefined` as soon as this stage takes the item; `close` reports later failures.
 *
 * @param size items to keep; an integer from 0.
 * @param by returns an item's key, or a promise of it; called with `(item, { signal })`. Default: the item itself.
 * @param options `retry` and `onError` say what happens to an item that `by` fails on. An `onError` function returns
 * the key to use; a skipped item is left out. An error in `compare` fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `by` or `compare` is no function, or `size` or an option is
 * out of range.
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

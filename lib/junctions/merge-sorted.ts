import type { StageRef } from '../core/base/errors.js';
import { Heap } from '../core/base/heap.js';
import { keyOrder, ORDERING, type OrderOptions } from '../core/base/key-order.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { openInput } from '../core/chain/chain.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import type { Host } from '../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { readArguments } from '../streams/arguments.js';
import { source } from '../streams/define.js';
import { sourcePlan } from '../streams/plans.js';
import type { Source } from '../streams/source.js';
import type { CallbackOptions, ItemOf, SourceLike } from '../streams/types.js';
import { OrderedInput } from './joins/ordered-input.js';

/** Options of `mergeSorted`. */
export interface MergeSortedOptions<T, K = T> extends CallbackOptions<T, K>, OrderOptions<K> {
  /** Returns the key that an item is sorted by; a promise is waited for. Default: the item itself. */
  readonly by?: KeyOf<T, K> | undefined;
}

/**
 * The items of several sorted sources, in order. Of equal items, that of the source given first comes first.
 *
 * Emits: the first, in order, of the next items of all sources.   Holds: one item of each source.
 * Waits: for the next item of each source that has not ended.   Ends: with the longest source.
 * Fails: with an `OrderError` ERR_SLUICE_ORDER, as the cause of a `StageError` with the place of the item in its
 * source, when a source is not sorted; at once when a source fails, or `by` or `compare` does. All are closed.
 *
 * @param args sources, at least one; then, if wanted, options: `by` answers the key of `(item, { signal })`, `compare`
 * orders two keys, `descending` reverses the order. Default: the natural order of the items, as in `sort`. `retry` and
 * `onError` say what is done with an item that `by` fails on: a function answers the key; a skipped item is left out.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, one can't be read, or an option is
 * unknown or invalid.
 * @example
 * await pipeline(mergeSorted([1, 4], [2, 3]), toArray()) // [1, 2, 3, 4]
 * await pipeline(mergeSorted(['bb'], ['a', 'ccc'], { by: (text) => text.length }), toArray()) // ['a', 'bb', 'ccc']
 */
export function mergeSorted<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ItemOf<S[number]>>;
export function mergeSorted<S extends readonly SourceLike<unknown>[], K = ItemOf<S[number]>>(
  ...args: [...sources: S, options: MergeSortedOptions<ItemOf<S[number]>, K>]
): Source<ItemOf<S[number]>>;
export function mergeSorted(...args: readonly unknown[]): Source<unknown> {
  const { parts, options } = readArguments<MergeSortedOptions<unknown>>('mergeSorted', args, 1);
  validateOptions('mergeSorted', options, ['by', ...ORDERING, ...POLICIES]);
  const { by = (item: unknown) => item, compare, name = 'mergeSorted' } = options;
  validateFunction('mergeSorted', 'by', by);
  if (compare !== undefined) validateFunction('mergeSorted', 'compare', compare);
  const order = keyOrder(options);
  const inputs = parts.map((part) => ({
    plan: sourcePlan('mergeSorted', part),
    by: new Callback('mergeSorted', by, options),
  }));
  const open = (host: Host, ref: StageRef) =>
    new MergeSortedPull(
      inputs.map(({ plan, by }, at) => {
        const upstream = openInput(plan, host, { stage: ref, side: 'input', at });
        return new OrderedInput(at, upstream, host, { by, order, ref });
      }),
    );
  return source('mergeSorted', { transparent: true, open }, { name });
}

class MergeSortedPull implements Pull<unknown> {
  readonly #inputs: readonly OrderedInput[];
  readonly #heap = new Heap<OrderedInput>((a, b) => (a.isBefore(b) ? -1 : 1));
  /** The sources that have not given their first item yet. */
  #unknown: readonly OrderedInput[];
  /** The first input of the heap, once its item has been emitted. */
  #emitted: OrderedInput | undefined;

  constructor(inputs: readonly OrderedInput[]) {
    this.#inputs = inputs;
    this.#unknown = inputs;
  }

  pull(): Pulled<unknown> {
    if (this.#unknown.length > 0) this.#ask();
    if (this.#unknown.length > 0 || !this.#advance()) return WAIT;
    this.#emitted = this.#heap.top;
    return this.#emitted ? this.#emitted.next?.item : END;
  }

  /** Asks all sources, also after one that has to wait: a later one may fail. */
  #ask(): void {
    this.#unknown = this.#unknown.filter((input) => {
      const row = input.advance();
      if (isItem(row)) this.#heap.push(input);
      return row === WAIT;
    });
  }

  #advance(): boolean {
    if (!this.#emitted) return true;
    const row = this.#emitted.advance();
    if (row === WAIT) return false;
    if (row === END) this.#heap.pop();
    else this.#heap.replace(this.#emitted);
    return true;
  }

  waits(): readonly WaitReport[] {
    return this.#inputs.flatMap((input) => [...input.waits(), ...holdsReport(input.next ? 1 : 0)]);
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

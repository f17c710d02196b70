import { OrderError, type StageRef } from '../../core/base/errors.js';
import type { Compare } from '../../core/base/key-order.js';
import type { Callback } from '../../core/policy/callback.js';
import type { Keyed, KeyOf } from '../../core/policy/keyed.js';
import type { Host } from '../../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled } from '../../core/protocol/pull.js';
import { KeyedInput } from './keyed-input.js';

/** How a source is read in order. Errors name the stage `ref`. */
export interface Ordering {
  readonly by: Callback<KeyOf<unknown>>;
  readonly order: Compare<unknown>;
  readonly ref: StageRef;
}

/** One of several sources that are read in order, with its next item. */
export class OrderedInput extends KeyedInput {
  readonly place: number;
  next: Keyed<unknown> | undefined;
  readonly #order: Compare<unknown>;

  constructor(place: number, upstream: Pull<unknown>, host: Host, { by, order, ref }: Ordering) {
    super(upstream, by, host, ref);
    this.place = place;
    this.#order = order;
  }

  /** Goes on to the next item, which must not belong before the current one. */
  advance(): Pulled<Keyed<unknown>> {
    const row = this.pull();
    if (isItem(row)) {
      if (this.next && this.#compare(this.next, row) > 0) throw this.#unsorted(row);
      this.next = row;
    } else if (row === END) this.next = undefined;
    return row;
  }

  /** Of equal items, that of the source given first comes first. */
  isBefore(other: OrderedInput): boolean {
    const order = this.#compare(other.next as Keyed<unknown>, this.next as Keyed<unknown>);
    return order > 0 || (order === 0 && this.place < other.place);
  }

  #compare(a: Keyed<unknown>, b: Keyed<unknown>): number {
    try {
      return this.#order(a.key, b.key);
    } catch (error) {
      throw this.failure(error, b.item);
    }
  }

  #unsorted(row: Keyed<unknown>): unknown {
    const message = `source ${this.place} is not sorted: this item belongs before the one that came before it; sort the source, or say by what it is sorted`;
    return this.failure(new OrderError(message), row.item);
  }
}

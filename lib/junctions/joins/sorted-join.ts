import { BoundError, OrderError } from '../../core/base/errors.js';
import { type Compare, isMissing } from '../../core/base/key-order.js';
import type { Keyed } from '../../core/policy/keyed.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { closeAll } from '../../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../../core/stall/wait-report.js';
import type { JoinInput, JoinInputs, Keeps } from './join-input.js';

type Row = Keyed<unknown>;

/** An input that is read in order, with its next item. */
class OrderedInput {
  /** The next item. `WAIT`: it has not been read yet. */
  next: Pulled<Row> = WAIT;
  readonly #input: JoinInput;
  readonly #order: Compare<unknown>;
  #last: Row | undefined;

  constructor(input: JoinInput, order: Compare<unknown>) {
    this.#input = input;
    this.#order = order;
  }

  peek(): Pulled<Row> {
    if (this.next === WAIT) this.next = this.#pull();
    return this.next;
  }

  take(): void {
    this.next = WAIT;
  }

  #pull(): Pulled<Row> {
    const row = this.#input.pull();
    if (!isItem(row)) return row;
    if (this.#last && this.#compare(this.#last, row) > 0) {
      const message = `the ${this.#input.side} source is not sorted: this item belongs before the one that came before it; sort it, or use strategy 'hash'`;
      throw this.#input.failure(new OrderError(message), row.item);
    }
    this.#last = row;
    return row;
  }

  #compare(a: Row, b: Row): number {
    try {
      return this.#order(a.key, b.key);
    } catch (error) {
      throw this.#input.failure(error, b.item);
    }
  }
}

/** Reads two sorted sources side by side, holding the right items of one key. */
export class SortedJoin implements Pull<unknown[]> {
  readonly #inputs: JoinInputs;
  readonly #left: OrderedInput;
  readonly #right: OrderedInput;
  readonly #keeps: Keeps;
  readonly #maxItems: number;
  readonly #order: Compare<unknown>;
  /** The right items with the key of the current left item, or of the one before it. */
  #group: { readonly key: unknown; readonly items: unknown[] } | undefined;
  /** How many of them the current left item has been paired with; undefined until all of them have been read. */
  #paired: number | undefined;

  constructor(inputs: JoinInputs, keeps: Keeps, maxItems: number, order: Compare<unknown>) {
    this.#inputs = inputs;
    this.#left = new OrderedInput(inputs.left, order);
    this.#right = new OrderedInput(inputs.right, order);
    this.#keeps = keeps;
    this.#maxItems = maxItems;
    this.#order = (a, b) => {
      try {
        return order(a, b);
      } catch (error) {
        throw inputs.right.failure(error, undefined);
      }
    };
  }

  pull(): Pulled<unknown[]> {
    for (;;) {
      const left = this.#left.peek();
      if (left === WAIT) return WAIT;
      if (left === END) return this.#rightAlone();
      const out = this.#hasGroup(left) ? this.#pair(left) : this.#advance(left);
      if (out !== undefined) return out;
    }
  }

  #hasGroup(left: Row): boolean {
    if (this.#paired === undefined || !this.#group) return false;
    return this.#order(this.#group.key, left.key) === 0 && !isMissing(left.key);
  }

  #pair(left: Row): unknown[] | undefined {
    const { items } = this.#group as { items: unknown[] };
    const at = this.#paired as number;
    if (at < items.length) {
      this.#paired = at + 1;
      return [left.item, items[at]];
    }
    this.#paired = 0;
    this.#left.take();
    return undefined;
  }

  /**
   * Advances by one item: reads the right source up to the key of the left item, or skips an item without a partner.
   */
  #advance(left: Row): Pulled<unknown[]> | undefined {
    if (this.#paired !== undefined) {
      this.#group = undefined;
      this.#paired = undefined;
    }
    const right = this.#right.peek();
    if (right === WAIT) return WAIT;
    const order = right === END ? 1 : this.#orderOf(right, left);
    if (order === 0) return this.#gather(right as Row);
    if (order < 0) return this.#unpairedRight(right as Row);
    if (this.#group) {
      this.#paired = 0;
      return undefined;
    }
    if (right === END && !this.#keeps.left) return END;
    this.#left.take();
    return this.#keeps.left ? [left.item, undefined] : undefined;
  }

  /** Missing keys never match: the right item is skipped first. */
  #orderOf(right: Row, left: Row): number {
    return this.#order(right.key, left.key) || (isMissing(left.key) ? -1 : 0);
  }

  #gather({ key, item }: Row): undefined {
    this.#group ??= { key, items: [] };
    if (this.#group.items.length === this.#maxItems) {
      const message = `more than ${this.#maxItems} items of the right source have one key: put the source with fewer of them there, or raise maxItems`;
      throw this.#inputs.right.failure(new BoundError(message), item);
    }
    this.#group.items.push(item);
    this.#right.take();
    return undefined;
  }

  #unpairedRight({ item }: Row): unknown[] | undefined {
    this.#right.take();
    return this.#keeps.right ? [undefined, item] : undefined;
  }

  #rightAlone(): Pulled<unknown[]> {
    if (!this.#keeps.right) return END;
    const right = this.#right.peek();
    if (!isItem(right)) return right;
    this.#right.take();
    return [undefined, right.item];
  }

  waits(): readonly WaitReport[] {
    const { left, right } = this.#inputs;
    const inHand = [this.#left, this.#right].filter(({ next }) => isItem(next)).length;
    const held = inHand + (this.#group?.items.length ?? 0);
    return [...left.waits(), ...right.waits(), ...holdsReport(held)];
  }

  close(): void | Promise<void> {
    return closeAll([this.#inputs.left, this.#inputs.right]);
  }
}

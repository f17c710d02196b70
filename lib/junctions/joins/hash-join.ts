import { BoundError } from '../../core/base/errors.js';
import { isMissing } from '../../core/base/key-order.js';
import type { Keyed } from '../../core/policy/keyed.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { closeAll } from '../../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../../core/stall/wait-report.js';
import type { JoinInput, JoinInputs, Keeps } from './join-input.js';

/** The right items of one key. */
interface Group {
  readonly items: unknown[];
  /** True once a left item with this key has come. */
  matched: boolean;
}

/** Holds the right source by key, and looks up the partners of each left item. */
export class HashJoin implements Pull<unknown[]> {
  readonly #left: JoinInput;
  readonly #right: JoinInput;
  readonly #keeps: Keeps;
  readonly #maxItems: number;
  readonly #groups = new Map<unknown, Group>();
  /** All right items in their order; kept only if those without a partner are emitted. */
  readonly #all: { readonly item: unknown; readonly group: Group }[] = [];
  #held = 0;
  #state: 'reading' | 'matching' | 'left over' = 'reading';
  #item: unknown;
  #partners: readonly unknown[] = [];
  #next = 0;

  constructor({ left, right }: JoinInputs, keeps: Keeps, maxItems: number) {
    this.#left = left;
    this.#right = right;
    this.#keeps = keeps;
    this.#maxItems = maxItems;
  }

  pull(): Pulled<unknown[]> {
    if (this.#state === 'reading' && this.#readRight() === WAIT) return WAIT;
    if (this.#state === 'matching') {
      const pair = this.#nextPair();
      if (pair !== END) return pair;
      this.#state = 'left over';
      this.#next = 0;
    }
    return this.#leftOver();
  }

  #readRight(): typeof WAIT | typeof END {
    for (;;) {
      const row = this.#right.pull();
      if (row === WAIT) return WAIT;
      if (row === END) {
        this.#state = 'matching';
        return END;
      }
      this.#hold(row);
    }
  }

  #nextPair(): Pulled<unknown[]> {
    for (;;) {
      if (this.#next < this.#partners.length) return [this.#item, this.#partners[this.#next++]];
      if (this.#groups.size === 0 && !this.#keeps.left) return END;
      const row = this.#left.pull();
      if (row === WAIT || row === END) return row;
      if (!this.#match(row) && this.#keeps.left) return [row.item, undefined];
    }
  }

  #hold(row: Keyed<unknown>): void {
    const missing = isMissing(row.key);
    if (missing && !this.#keeps.right) return;
    this.#held += 1;
    if (this.#held > this.#maxItems) {
      const message = `the right source has more than ${this.#maxItems} items: put the smaller source there, raise maxItems, or sort both and use strategy 'sorted'`;
      throw this.#right.failure(new BoundError(message), row.item);
    }
    const group = missing ? { items: [], matched: false } : this.#groupOf(this.#right, row);
    group.items.push(row.item);
    if (this.#keeps.right) this.#all.push({ item: row.item, group });
  }

  #groupOf(input: JoinInput, row: Keyed<unknown>): Group {
    validateComparable(input, row);
    const known = this.#groups.get(row.key);
    if (known) return known;
    const group = { items: [], matched: false };
    this.#groups.set(row.key, group);
    return group;
  }

  #match(row: Keyed<unknown>): boolean {
    if (isMissing(row.key)) return false;
    validateComparable(this.#left, row);
    const group = this.#groups.get(row.key);
    if (!group) return false;
    group.matched = true;
    this.#item = row.item;
    this.#partners = group.items;
    this.#next = 0;
    return true;
  }

  #leftOver(): Pulled<unknown[]> {
    while (this.#next < this.#all.length) {
      const row = this.#all[this.#next++];
      if (row && !row.group.matched) return [undefined, row.item];
    }
    return END;
  }

  waits(): readonly WaitReport[] {
    return [...this.#left.waits(), ...this.#right.waits(), ...holdsReport(this.#held)];
  }

  close(): void | Promise<void> {
    return closeAll([this.#left, this.#right]);
  }
}

/** A `Map` compares objects by identity, so two equal dates would never match. That is refused. */
function validateComparable(input: JoinInput, { key, item }: Keyed<unknown>): void {
  if (typeof key !== 'object' && typeof key !== 'function') return;
  const message = `a key of the ${input.side} source is an object, which strategy 'hash' can't compare: answer a string or a number, or use strategy 'sorted'`;
  throw input.failure(new TypeError(message), item);
}

import { Queue } from '../base/queue.js';
import { refusePromise } from '../base/thenable.js';
import type { KeyOf } from '../policy/keyed.js';
import type { Slot } from './slot.js';

/** Decides in which order concurrent results are emitted. */
export interface OutputOrder {
  /** How many slots are admitted but may not start yet. */
  readonly waiting: number;
  /** True if all other results wait for one slot that is still running. */
  readonly stuck: boolean;
  /** Admits a new slot. False if it may not start yet. */
  admit(slot: Slot): boolean;
  /** Returns a waiting slot that may start now. */
  start(): Slot | undefined;
  /** The slot has an item. */
  ready(slot: Slot): void;
  /** The slot will give no more items. */
  over(slot: Slot): void;
  /** Returns the slot whose item is emitted next. */
  next(): Slot | undefined;
}

/** All results of one input item are emitted before those of the next. */
export class InputOrder implements OutputOrder {
  readonly waiting = 0;
  readonly #slots = new Queue<Slot>();
  #first: Slot | undefined;

  get stuck(): boolean {
    return this.#first !== undefined && !this.#first.ready;
  }

  admit(slot: Slot): boolean {
    this.#slots.push(slot);
    return true;
  }

  start(): undefined {}

  ready(): void {}

  over(): void {}

  next(): Slot | undefined {
    for (;;) {
      this.#first ??= this.#slots.shift();
      if (!this.#first || this.#first.ready) return this.#first;
      if (!this.#first.over) return undefined;
      this.#first = undefined;
    }
  }
}

/** Results are emitted in the order in which they come. */
export class CompletionOrder implements OutputOrder {
  readonly stuck = false;
  readonly #ready = new Queue<Slot>();

  get waiting(): number {
    return 0;
  }

  admit(_slot: Slot): boolean {
    return true;
  }

  start(): Slot | undefined {
    return undefined;
  }

  ready(slot: Slot): void {
    this.#ready.push(slot);
  }

  over(_slot: Slot): void {}

  next(): Slot | undefined {
    return this.#ready.shift();
  }
}

/** As `CompletionOrder`, but the items of one key are worked on one after another. */
export class PerKeyOrder extends CompletionOrder {
  readonly #keyOf: KeyOf<unknown>;
  /** The slots of each key that wait for the running one; undefined if none wait. */
  readonly #lanes = new Map<unknown, Queue<Slot> | undefined>();
  readonly #startable = new Queue<Slot>();
  #waiting = 0;

  constructor(keyOf: KeyOf<unknown>) {
    super();
    this.#keyOf = keyOf;
  }

  override get waiting(): number {
    return this.#waiting;
  }

  override admit(slot: Slot): boolean {
    const key = this.#keyOf(slot.item, slot.context);
    refusePromise(key, 'a key');
    slot.key = key;
    if (!this.#lanes.has(key)) {
      this.#lanes.set(key, undefined);
      return true;
    }
    const lane = this.#lanes.get(key) ?? new Queue();
    this.#lanes.set(key, lane);
    lane.push(slot);
    this.#waiting += 1;
    return false;
  }

  override start(): Slot | undefined {
    const slot = this.#startable.shift();
    if (slot) this.#waiting -= 1;
    return slot;
  }

  override over({ key }: Slot): void {
    const after = this.#lanes.get(key)?.shift();
    if (after) this.#startable.push(after);
    else this.#lanes.delete(key);
  }
}

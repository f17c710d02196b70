import type { Ack } from './ack.js';
import type { Host } from './host.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import { Queue } from './queue.js';
import type { Wait } from './wait.js';

/** The way of an item that has just come past the inbox. */
export interface Passage {
  /** Nothing is under way that an item would have to wait for, once the one before it has been taken. */
  readonly ready: boolean;
  /** True when the next item is wanted at once. */
  pass(item: unknown): boolean;
}

/**
 * Where a host is fed from outside: by a writer, a sender, or the host of another segment. Being asked for an item
 * means that everything before it is done or held, so that is when its ack is released.
 */
export class Inbox<T> implements Pull<T> {
  /** Called when an item is asked for and there is none. */
  hungry: (() => void) | undefined;
  /** Called when an item has been taken. */
  taken: (() => void) | undefined;

  /** What is put while an item is waited for goes this way, if there is one. */
  passage: Passage | undefined;

  #host: Host | undefined;
  readonly #items = new Queue<T>();
  readonly #acks = new Queue<Ack>();
  #current: Ack | undefined;
  /** Somebody has asked in vain, and not again since. */
  #asked = false;
  /** What is put because of that waits until whoever was told is done: Node drops what is buffered within `_writev`. */
  #telling = false;
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** The host that pulls from here, to be woken when something comes. */
  attach(host: Host): this {
    this.#host = host;
    return this;
  }

  get length(): number {
    return this.#items.length;
  }

  /** False once nothing more can be put. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Every item of one inbox comes with an ack, or none does. */
  put(item: T, ack?: Ack): void {
    if (this.#asked && !this.#telling && this.passage?.ready) this.#pass(this.passage, item, ack);
    else {
      this.#add(item, ack);
      this.#wake();
    }
  }

  putAll(items: readonly T[]): void {
    // One by one: a spread of a long array does not fit on the stack.
    for (const item of items) this.#add(item);
    this.#wake();
  }

  #add(item: T, ack?: Ack): void {
    this.#asked = false;
    this.#items.push(item);
    if (ack) this.#acks.push(ack);
  }

  #pass(passage: Passage, item: T, ack?: Ack): void {
    this.#asked = false;
    if (ack) this.#hand(ack);
    this.taken?.();
    if (!passage.pass(item)) return;
    if (this.#current) this.#release();
    this.#asked = true;
    this.#telling = true;
    this.hungry?.();
    this.#telling = false;
    if (this.#items.length > 0 || this.#state === 'ended') this.#wake();
  }

  #wake(): void {
    if (!this.#telling) this.#host?.wake();
  }

  /** Drops the item that has waited longest: nobody will get it. */
  drop(): void {
    this.#items.shift();
    this.#acks.shift()?.release();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake();
  }

  pull(): Pulled<T> {
    if (this.#current) this.#release();
    if (this.#items.length === 0) {
      if (this.#state === 'open') this.hungry?.();
      if (this.#items.length === 0) return this.#wait();
    }
    const item = this.#items.shift() as T;
    if (this.#acks.length > 0) this.#hand(this.#acks.shift() as Ack);
    this.taken?.();
    return item;
  }

  #wait(): typeof WAIT | typeof END {
    this.#asked = this.#state === 'open';
    return this.#asked ? WAIT : END;
  }

  #hand(ack: Ack): void {
    this.#current = ack;
    if (this.#host) this.#host.acks = [ack];
  }

  #release(): void {
    const done = this.#current;
    this.#current = undefined;
    done?.release();
  }

  waits(): readonly Wait[] {
    return [{ what: this.#asked ? 'an item' : undefined, held: this.length, outside: true }];
  }

  /** Nobody will take any more of these items. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#release();
    this.#items.clear();
    for (let ack = this.#acks.shift(); ack; ack = this.#acks.shift()) ack.refuse();
    this.hungry?.();
  }
}

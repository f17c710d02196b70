import type { Ack } from './ack.js';
import type { Host } from './host.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';

/** How many items that have been taken are kept, at least, until they are dropped in one go. */
const KEPT = 64;

/**
 * Where a host is fed from outside: by a writer, a sender, or the host of another segment. Being asked for an item
 * means that everything before it is done or held, so that is when its ack is released.
 */
export class Inbox<T> implements Pull<T> {
  /** Called when an item is asked for and there is none. */
  hungry: (() => void) | undefined;
  /** Called when an item has been taken. */
  taken: (() => void) | undefined;

  #host: Host | undefined;
  #items: T[] = [];
  #acks: Ack[] = [];
  #next = 0;
  #current: Ack | undefined;
  #state: 'open' | 'ended' | 'closed' = 'open';

  /** The host that pulls from here, to be woken when something comes. */
  attach(host: Host): this {
    this.#host = host;
    return this;
  }

  get length(): number {
    return this.#items.length - this.#next;
  }

  /** False once nothing more can be put. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Every item of one inbox comes with an ack, or none does. */
  put(item: T, ack?: Ack): void {
    this.#items.push(item);
    if (ack) this.#acks.push(ack);
    this.#host?.wake();
  }

  putAll(items: readonly T[]): void {
    // One by one: a spread of a long array does not fit on the stack.
    for (const item of items) this.#items.push(item);
    this.#host?.wake();
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#host?.wake();
  }

  pull(): Pulled<T> {
    this.#release();
    if (this.length === 0) {
      if (this.#state === 'open') this.hungry?.();
      if (this.length === 0) return this.#state === 'open' ? WAIT : END;
    }
    return this.#shift();
  }

  #shift(): T {
    const item = this.#items[this.#next] as T;
    this.#current = this.#acks[this.#next];
    if (this.#host && this.#current) this.#host.acks = [this.#current];
    this.#next += 1;
    if (this.#next >= KEPT || this.length === 0) this.#forget();
    this.taken?.();
    return item;
  }

  /** Copies at most as many as it drops, so that an item costs the same however many wait. */
  #forget(): void {
    if (this.#next < this.length) return;
    this.#items = this.#items.slice(this.#next);
    this.#acks = this.#acks.slice(this.#next);
    this.#next = 0;
  }

  #release(): void {
    const done = this.#current;
    this.#current = undefined;
    done?.release();
  }

  /** Nobody will take any more of these items. */
  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#release();
    const left = this.#acks.slice(this.#next);
    this.#items = [];
    this.#acks = [];
    this.#next = 0;
    for (const ack of left) ack.refuse();
    this.hungry?.();
  }
}

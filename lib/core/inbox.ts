import type { Ack } from './ack.js';
import type { Host } from './host.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import { Queue } from './queue.js';

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
  readonly #items = new Queue<T>();
  readonly #acks = new Queue<Ack>();
  #current: Ack | undefined;
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
    if (this.#current) this.#release();
    if (this.#items.length === 0) {
      if (this.#state === 'open') this.hungry?.();
      if (this.#items.length === 0) return this.#state === 'open' ? WAIT : END;
    }
    const item = this.#items.shift() as T;
    if (this.#acks.length > 0) this.#hand(this.#acks.shift() as Ack);
    this.taken?.();
    return item;
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

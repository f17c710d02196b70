import type { Host } from '../protocol/host.js';
import type { Pull, Pulled } from '../protocol/pull.js';
import { type Held, HeldAcks } from './held-acks.js';

/** The input of a stage that pulls in a way of its own, and takes an item before the last one is done. */
export class HeldInput<I> extends HeldAcks implements Pull<I> {
  readonly #upstream: Pull<I>;
  #incoming: Held | undefined;

  constructor(upstream: Pull<I>, host: Host) {
    super(host);
    this.#upstream = upstream;
  }

  /** Stages further down have put other acks in hand by now; those upstream must find their own. */
  pull(): Pulled<I> {
    if (!this.host.acknowledged) return this.#upstream.pull();
    this.host.acks = this.#incoming;
    const item = this.#upstream.pull();
    this.#incoming = this.host.acks;
    return item;
  }

  /** Keeps the acks of the latest item. */
  hold(): Held {
    return this.keep(this.#incoming);
  }

  /** What is held counts as done once everything upstream is closed. */
  close(): void | Promise<void> {
    const closing = this.#upstream.close();
    return this.host.acknowledged ? this.#letGo(closing) : closing;
  }

  async #letGo(closing: void | Promise<void>): Promise<void> {
    await closing;
    this.releaseAll();
  }
}

import type { Host } from '../protocol/host.js';
import type { Pull, Pulled } from '../protocol/pull.js';
import { type Held, HeldAcks } from './held-acks.js';

/** The input of a `Through` that takes an item before it is done with the one before. */
export class HeldInput<I> extends HeldAcks implements Pull<I> {
  readonly #upstream: Pull<I>;
  #incoming: Held | undefined;

  constructor(upstream: Pull<I>, host: Host) {
    super(host);
    this.#upstream = upstream;
  }

  /** Restores `host.acks` for the stages upstream: stages downstream have set other acks meanwhile. */
  pull(): Pulled<I> {
    if (!this.host.acknowledged) return this.#upstream.pull();
    this.host.acks = this.#incoming;
    const item = this.#upstream.pull();
    this.#incoming = this.host.acks;
    return item;
  }

  /** Keeps the acks of the latest item, which the stage holds. */
  hold(): Held {
    return this.keep(this.#incoming);
  }

  /** Items that are still held count as done once everything upstream is closed. */
  close(): void | Promise<void> {
    const closing = this.#upstream.close();
    return this.host.acknowledged ? this.#letGo(closing) : closing;
  }

  async #letGo(closing: void | Promise<void>): Promise<void> {
    await closing;
    this.releaseAll();
  }
}

import { type Ack, releaseAll, retainAll } from '../protocol/ack.js';
import type { Host } from '../protocol/host.js';
import { END, isItem, type Pull, type Pulled } from '../protocol/pull.js';

/**
 * Keeps the acks of items that a step holds back, and lets them travel on with the item that the step makes of them.
 * Only built where somebody waits for answers.
 */
export class AckedStep<I, O> implements Pull<O> {
  readonly #host: Host;
  readonly #upstream: Pull<I>;
  readonly #step: Pull<O>;
  readonly #held: () => number;
  /** Acks of each input held, oldest first. */
  readonly #waiting: (readonly Ack[])[] = [];
  #incoming: readonly Ack[] | undefined;
  #emitted: readonly Ack[] = [];

  constructor(
    host: Host,
    upstream: Pull<I>,
    build: (input: Pull<I>) => Pull<O>,
    held: () => number,
  ) {
    this.#host = host;
    this.#upstream = upstream;
    this.#held = held;
    this.#step = build({ pull: () => this.#receive(), close: () => upstream.close() });
  }

  /** Being asked again means that what was emitted has been taken, or is held further down. */
  pull(): Pulled<O> {
    releaseAll(this.#emitted);
    this.#emitted = [];
    const item = this.#step.pull();
    if (isItem(item)) {
      const held = this.#held();
      // More may come of the input in hand: its acks travel along, but stay here until the next one is asked for.
      this.#emitted = this.#letGo(Math.max(held, 1));
      const inHand = held > 0 ? [] : this.#waiting.flat();
      this.#host.acks = [...this.#emitted, ...inHand];
    } else if (item === END) releaseAll(this.#letGo(0));
    return item;
  }

  #receive(): Pulled<I> {
    releaseAll(this.#letGo(this.#held()));
    // Stages further down have put their own acks in hand; ours are those of the last item that came from above.
    this.#host.acks = this.#incoming;
    const item = this.#upstream.pull();
    // Also when it has to wait: a stage up there may have an item in the making.
    this.#incoming = this.#host.acks;
    if (!isItem(item)) return item;
    const acks = this.#incoming ?? [];
    retainAll(acks);
    this.#waiting.push(acks);
    return item;
  }

  #letGo(keep: number): Ack[] {
    const count = Math.max(0, this.#waiting.length - keep);
    return this.#waiting.splice(0, count).flat();
  }

  async close(): Promise<void> {
    await this.#step.close();
    releaseAll([...this.#emitted, ...this.#letGo(0)]);
    this.#emitted = [];
  }
}

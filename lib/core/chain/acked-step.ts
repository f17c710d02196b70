import { type Ack, releaseAll, retainAll } from '../protocol/ack.js';
import type { Host } from '../protocol/host.js';
import { END, isItem, type Pull, type Pulled } from '../protocol/pull.js';

/**
 * Wraps a step that holds items, in a push pipeline. Keeps the acks of the held items, and passes them on with the
 * items that the step makes of them.
 */
export class AckedStep<I, O> implements Pull<O> {
  readonly #host: Host;
  readonly #upstream: Pull<I>;
  readonly #step: Pull<O>;
  readonly #held: () => number;
  /** The acks of each held item, oldest first. */
  readonly #heldAcks: (readonly Ack[])[] = [];
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

  /** Being pulled again means that the reader has taken the last item, or holds it. */
  pull(): Pulled<O> {
    releaseAll(this.#emitted);
    this.#emitted = [];
    const item = this.#step.pull();
    if (isItem(item)) {
      const held = this.#held();
      // The step may make more of its current input: those acks are passed on, but also stay here until the next input
      // is pulled.
      this.#emitted = this.#letGo(Math.max(held, 1));
      const inHand = held > 0 ? [] : this.#heldAcks.flat();
      this.#host.acks = [...this.#emitted, ...inHand];
    } else if (item === END) releaseAll(this.#letGo(0));
    return item;
  }

  #receive(): Pulled<I> {
    releaseAll(this.#letGo(this.#held()));
    // Stages downstream have set other acks: restore those of the last item from upstream.
    this.#host.acks = this.#incoming;
    const item = this.#upstream.pull();
    // Also after `WAIT`: a stage upstream may be in the middle of an item.
    this.#incoming = this.#host.acks;
    if (!isItem(item)) return item;
    const acks = this.#incoming ?? [];
    retainAll(acks);
    this.#heldAcks.push(acks);
    return item;
  }

  #letGo(keep: number): Ack[] {
    const count = Math.max(0, this.#heldAcks.length - keep);
    return this.#heldAcks.splice(0, count).flat();
  }

  async close(): Promise<void> {
    await this.#step.close();
    releaseAll([...this.#emitted, ...this.#letGo(0)]);
    this.#emitted = [];
  }
}

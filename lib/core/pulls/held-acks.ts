import { type Ack, releaseAll, retainAll } from '../protocol/ack.js';
import type { Host } from '../protocol/host.js';

/** The acks of one item that a stage holds. */
export type Held = readonly Ack[];

const NONE: Held = [];

/**
 * Keeps the acks of the items that a stage holds, and passes them on with the items it makes of them. Does nothing
 * unless sends wait for answers.
 */
export class HeldAcks {
  protected readonly host: Host;
  readonly #held = new Set<Held>();
  #out: readonly Held[] = [];

  constructor(host: Host) {
    this.host = host;
  }

  /** Keeps acks until `release`, or until the item that they are handed on with has been taken. */
  keep(acks: Held | undefined): Held {
    if (!this.host.acknowledged) return NONE;
    const held = [...(acks ?? NONE)];
    retainAll(held);
    this.#held.add(held);
    return held;
  }

  release(held: Held): void {
    if (this.#held.delete(held)) releaseAll(held);
  }

  /** The item that the stage returns now is made of the items with these acks. */
  handOn(out: readonly Held[]): void {
    if (!this.host.acknowledged) return;
    this.#out = out;
    this.host.acks = out.flat();
  }

  /** Called when the stage is pulled again: the reader has taken the last item, or holds it. */
  taken(): void {
    const out = this.#out;
    if (out.length === 0) return;
    this.#out = [];
    for (const held of out) this.release(held);
  }

  releaseAll(): void {
    for (const held of this.#held) this.release(held);
  }
}

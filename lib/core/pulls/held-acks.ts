import { type Ack, releaseAll, retainAll } from '../protocol/ack.js';
import type { Host } from '../protocol/host.js';

/** The acks of one item that a stage holds. */
export type Held = readonly Ack[];

const NONE: Held = [];

/**
 * The acks of the items that a stage holds, which travel on with what goes out of it. Costs nothing where nobody waits
 * for answers.
 */
export class HeldAcks {
  protected readonly host: Host;
  readonly #held = new Set<Held>();
  #out: readonly Held[] = [];

  constructor(host: Host) {
    this.host = host;
  }

  /** Kept until they are released, or what they are handed on with has been taken. */
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

  /** What goes out now is made of the items these belong to. */
  handOn(out: readonly Held[]): void {
    if (!this.host.acknowledged) return;
    this.#out = out;
    this.host.acks = out.flat();
  }

  /** The stage is asked again: what went out last has been taken, or is held further down. */
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

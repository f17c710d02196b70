import { nowMs } from './now-ms.js';

/** A long synchronous run lets the event loop turn after this many ms. */
export const SLICE_MS = 10;

interface Waiting {
  resume(): void;
}

/** One turn of the event loop, and the time that all loops of a run share in it: one feeds the other. */
export class Turn {
  /** Nothing of the run moves any more until the event loop has turned, so that the order of all stays what it is. */
  over = false;
  /** All that move items in it. */
  readonly loops = new Set<{ ready: boolean }>();
  #deadline = 0;
  #lastLook = 0;
  #waiting: Waiting[] = [];

  look(now: number): void {
    if (this.#deadline === 0) this.#begin(now);
    this.#lastLook = now;
    this.over = now >= this.#deadline;
    if (this.over) for (const loop of this.loops) loop.ready = false;
  }

  /** The time, in ms: exactly, unless it has been looked at since the event loop turned. */
  now(): number {
    return this.#deadline === 0 ? nowMs() : this.#lastLook;
  }

  /** Goes on in the next one, in the order of coming here. */
  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** Lasts until the event loop turns: promises that are there already wake a loop without letting it. */
  #begin(now: number): void {
    this.#deadline = now + SLICE_MS;
    setImmediate(() => {
      this.#deadline = 0;
      this.over = false;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const each of waiting) each.resume();
    });
  }
}

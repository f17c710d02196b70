import { nowMs } from './now-ms.js';

/** A long synchronous run lets the event loop turn after this many ms. */
const SLICE_MS = 10;

interface Waiting {
  /** The event loop has turned. */
  turned(): void;
  resume(): void;
}

/** One turn of the event loop, and the time that all loops of a run share in it: one feeds the other. */
export class Turn {
  #deadline = 0;
  #lastLook = 0;
  #waiting: Waiting[] = [];

  isOver(now: number): boolean {
    if (this.#deadline === 0) this.#begin(now);
    this.#lastLook = now;
    return now >= this.#deadline;
  }

  /** The time, in ms: exactly, unless it has been looked at since the event loop turned. */
  now(): number {
    return this.#deadline === 0 ? nowMs() : this.#lastLook;
  }

  /** Goes on in the next one. */
  wait(slice: Waiting): void {
    this.#waiting.push(slice);
  }

  /** Lasts until the event loop turns: promises that are there already wake a loop without letting it. */
  #begin(now: number): void {
    this.#deadline = now + SLICE_MS;
    setImmediate(() => {
      this.#deadline = 0;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const slice of waiting) slice.turned();
      for (const slice of waiting) slice.resume();
    });
  }
}

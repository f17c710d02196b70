import { performance } from 'node:perf_hooks';

/** A long synchronous run lets the event loop turn after this many ms. */
const SLICE_MS = 10;
const LARGEST_BATCH = 1024;

/** Tells a loop when its time slice is over, looking at the clock about once a millisecond rather than per item. */
export class Slice {
  readonly #resume: () => void;
  /** How many items may be moved before the next look at the clock. */
  credits = 8;
  #batch = 8;
  #granted = 8;
  #lastLook = 0;
  #deadline = 0;
  #over = false;

  constructor(resume: () => void) {
    this.#resume = resume;
  }

  /** The time, in ms: exactly, unless it has been looked at since the event loop turned. */
  now(): number {
    return this.#deadline === 0 ? performance.now() : this.#lastLook;
  }

  get over(): boolean {
    return this.#over;
  }

  /** How many items have been counted in all, within the segment too: many may come of one, and few of those go on. */
  get counted(): number {
    return this.#granted - this.credits;
  }

  /** Counts an item; true once the slice is over: the loop is resumed when the event loop has turned. */
  due(): boolean {
    if (this.#over) return true;
    this.credits -= 1;
    return this.credits <= 0 && this.#look();
  }

  #look(): boolean {
    const now = performance.now();
    const passedMs = now - this.#lastLook;
    if (passedMs > 1) this.#batch = Math.max(1, Math.floor(this.#batch / passedMs));
    else this.#batch = Math.min(LARGEST_BATCH, this.#batch * 2);
    if (this.#deadline === 0) this.#begin(now);
    this.#lastLook = now;
    this.#granted += this.#batch - this.credits;
    this.credits = this.#batch;
    this.#over = now >= this.#deadline;
    return this.#over;
  }

  /** Lasts until the event loop turns: promises that are there already wake the loop without letting it. */
  #begin(now: number): void {
    this.#deadline = now + SLICE_MS;
    setImmediate(() => {
      this.#deadline = 0;
      if (!this.#over) return;
      this.#over = false;
      this.#resume();
    });
  }
}

import { nowMs } from './clock.js';
import type { Turn } from './turn.js';

const LARGEST_BATCH = 1024;

interface SlicedLoop {
  readonly run: { readonly turn: Turn; within(act: () => void): void };
  readonly meter?:
    | { readonly sampling: boolean; looked(now: number, batch: number): number }
    | undefined;
  wake(): void;
}

/** Tells a loop when its time slice is over. It looks at the clock about once a millisecond, not for each item. */
export class TimeSlice {
  readonly #loop: SlicedLoop;
  /** How many items may be moved before the next look at the clock. */
  credits = 8;
  #batch = 8;
  #granted = 8;
  #lastLook = 0;
  #waiting = false;

  constructor(loop: SlicedLoop) {
    this.#loop = loop;
  }

  now(): number {
    return this.#loop.run.turn.now();
  }

  /** True once the time slice is over, for all loops of the run. */
  get over(): boolean {
    return this.#loop.run.turn.over;
  }

  /**
   * How many items were counted so far, including those within the segment: `expand` may make many, and few may go on.
   */
  get counted(): number {
    return this.#granted - this.credits;
  }

  /** Counts an item. True once the slice is over: the loop is then resumed after a turn of the event loop. */
  due(): boolean {
    if (this.over) return this.#halt();
    this.credits -= 1;
    return this.credits <= 0 && this.#look();
  }

  /** True if the loop must stop here. It is then resumed after a turn of the event loop. */
  get halts(): boolean {
    return this.over && this.#halt();
  }

  /** Queues the loop, behind those that have stopped earlier. */
  #halt(): true {
    if (!this.#waiting) this.#loop.run.turn.wait(this);
    this.#waiting = true;
    return true;
  }

  #look(): boolean {
    const now = nowMs();
    const { meter, run } = this.#loop;
    // While sampling, items take longer than usual.
    if (!meter?.sampling) this.#adapt(now - this.#lastLook);
    this.#lastLook = now;
    const credits = meter?.looked(now, this.#batch) ?? this.#batch;
    this.#granted += credits - this.credits;
    this.credits = credits;
    run.turn.look(now);
    return this.over && this.#halt();
  }

  #adapt(passedMs: number): void {
    if (passedMs > 1) this.#batch = Math.max(1, Math.floor(this.#batch / passedMs));
    else this.#batch = Math.min(LARGEST_BATCH, this.#batch * 2);
  }

  resume(): void {
    this.#waiting = false;
    this.#loop.run.within(() => this.#loop.wake());
  }
}

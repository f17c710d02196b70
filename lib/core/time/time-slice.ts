import { nowMs } from './clock.js';
import { type BatchMeter, ClockBatch, FIRST_BATCH } from './clock-batch.js';
import type { Turn } from './turn.js';

interface SlicedLoop {
  readonly run: { readonly turn: Turn; within(act: () => void): void };
  readonly meter?: BatchMeter | undefined;
  wake(): void;
}

/** Tells a loop when its time slice is over. It looks at the clock about once a millisecond, not for each item. */
export class TimeSlice {
  readonly #loop: SlicedLoop;
  /** How many items may be moved before the next look at the clock. */
  credits = FIRST_BATCH;
  readonly #batch = new ClockBatch();
  #granted = FIRST_BATCH;
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
    const credits = this.#batch.looked(now, meter);
    this.#granted += credits - this.credits;
    this.credits = credits;
    run.turn.look(now);
    return this.over && this.#halt();
  }

  resume(): void {
    this.#waiting = false;
    this.#loop.run.within(() => this.#loop.wake());
  }
}

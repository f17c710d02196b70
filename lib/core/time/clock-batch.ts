/** How many items are moved before the first look at the clock. */
export const FIRST_BATCH = 8;

const LARGEST_BATCH = 1024;

/** A meter that times some of the items in samples. */
export interface BatchMeter {
  readonly sampling: boolean;
  /** Called after each look at the clock. Answers how many items may be moved until the next; `batch` is the default. */
  looked(now: number, batch: number): number;
}

/** How many items may be moved between two looks at the clock: about as many as take a millisecond. */
export class ClockBatch {
  #size = FIRST_BATCH;
  #lastLook = 0;

  /** Called with the time of each look at the clock. Answers how many items may be moved until the next look. */
  looked(now: number, meter: BatchMeter | undefined): number {
    // While sampling, items take longer than usual.
    if (!meter?.sampling) this.#adapt(now - this.#lastLook);
    this.#lastLook = now;
    return meter?.looked(now, this.#size) ?? this.#size;
  }

  #adapt(passedMs: number): void {
    if (passedMs > 1) this.#size = Math.max(1, Math.floor(this.#size / passedMs));
    else this.#size = Math.min(LARGEST_BATCH, this.#size * 2);
  }
}

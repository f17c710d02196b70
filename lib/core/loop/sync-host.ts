import { AsyncError } from '../base/errors.js';
import type { LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import type { Meter } from '../protocol/observer.js';
import { Run } from '../protocol/run.js';
import type { RunOptions } from '../protocol/run-options.js';
import { Segment } from '../protocol/segment.js';
import { nowMs } from '../time/clock.js';
import { ClockBatch, FIRST_BATCH } from '../time/clock-batch.js';

/** Runs a chain for a synchronous reader: nothing may wait, and there are no time slices. */
export class SyncHost implements Host {
  readonly run: Run;
  segment = new Segment();
  readonly segments: Segment[] = [];
  readonly acknowledged = false;
  acks: undefined;
  readonly meter: Meter | undefined = undefined;
  readonly idling = false;
  blocker: (() => Error) | undefined;
  /** True if a pull that has answered `WAIT` may have an item now. */
  woken = false;

  constructor(options: RunOptions, run = new Run(options)) {
    this.run = run;
    run.context.synchronous = true;
  }

  get context(): LazyContext {
    return this.run.context;
  }

  /** Called before the chain is pulled again. */
  restart(): void {
    this.woken = false;
    this.blocker = undefined;
  }

  wake(): void {
    this.woken = true;
  }

  due(): boolean {
    return false;
  }

  idleSoon(): void {}

  waiting(): never {
    throw new AsyncError();
  }

  arrived(): void {}

  endEarly(): void {}

  fail(error: unknown): void {
    throw error;
  }
}

/** As `SyncHost`, with statistics: about once a millisecond, a few items are timed. */
export class MeteredSyncHost extends SyncHost {
  override readonly meter: Meter;
  #credits = FIRST_BATCH;
  readonly #batch = new ClockBatch();

  constructor(run: Run, meter: Meter) {
    super({}, run);
    this.meter = meter;
  }

  override due(): boolean {
    this.#credits -= 1;
    if (this.#credits <= 0) this.#credits = this.#batch.looked(nowMs(), this.meter);
    return false;
  }
}

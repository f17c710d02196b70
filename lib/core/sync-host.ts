import { AsyncError } from './errors.js';
import type { Host } from './host.js';
import type { LazyContext } from './lazy-context.js';
import type { Meter } from './observer.js';
import { Run } from './run.js';
import type { RunOptions } from './run-options.js';
import { Segment } from './segment.js';

/** Runs a chain for a synchronous reader: nothing may wait, and time slices are the reader's own business. */
export class SyncHost implements Host {
  readonly run: Run;
  segment = new Segment();
  readonly segments: Segment[] = [];
  readonly acknowledged = false;
  acks: undefined;
  readonly meter: Meter | undefined = undefined;
  readonly idling = false;
  blocker: (() => Error) | undefined;
  /** Something that was asked in vain may have an item by now. */
  woken = false;

  constructor(options: RunOptions, run = new Run(options)) {
    this.run = run;
    run.context.synchronous = true;
  }

  get context(): LazyContext {
    return this.run.context;
  }

  /** Before everything is asked anew. */
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

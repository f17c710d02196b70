import { AsyncError } from './errors.js';
import type { Host } from './host.js';
import { Run, type RunOptions } from './run.js';

/** Runs a chain for a synchronous reader: nothing may wait, and time slices are the reader's own business. */
export class SyncHost implements Host {
  readonly run: Run;
  counter = { index: -1 };
  readonly acknowledged = false;
  acks: undefined;
  readonly idling = false;
  blocker: (() => Error) | undefined;

  constructor(options: RunOptions) {
    this.run = new Run(options);
  }

  wake(): void {}

  due(): boolean {
    return false;
  }

  idleSoon(): void {}

  waiting(): void {
    throw new AsyncError();
  }

  arrived(): void {}

  endEarly(): void {}

  fail(error: unknown): void {
    throw error;
  }
}

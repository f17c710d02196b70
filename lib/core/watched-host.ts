import { nowMs } from './now-ms.js';
import type { Meter } from './observer.js';
import type { Run } from './run.js';
import { SyncHost } from './sync-host.js';

const LARGEST_BATCH = 1024;

/** Runs a chain for a synchronous reader whose time somebody wants to know: about once a millisecond, a few items are timed. */
export class WatchedHost extends SyncHost {
  override readonly meter: Meter;
  #credits = 8;
  #batch = 8;
  #lastLook = 0;

  constructor(run: Run, meter: Meter) {
    super({}, run);
    this.meter = meter;
  }

  override due(): boolean {
    this.#credits -= 1;
    if (this.#credits <= 0) this.#look(nowMs());
    return false;
  }

  #look(now: number): void {
    if (!this.meter.sampling) {
      const slow = now - this.#lastLook > 1;
      this.#batch = slow ? Math.max(1, this.#batch >> 1) : Math.min(LARGEST_BATCH, this.#batch * 2);
    }
    this.#lastLook = now;
    this.#credits = this.meter.looked(now, this.#batch);
  }
}

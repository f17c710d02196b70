import type { Host } from '../protocol/host.js';
import type { Pull, Pulled } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { compilePull, type OnePull } from './compile.js';
import { compiling } from './generate.js';

const STOP = Symbol('sluice.stop');

/** A segment that somebody pulls item by item: by one generated function, once it has shown to be worth that. */
export class FusedPull implements Pull<unknown> {
  readonly #plain: Pull<unknown>;
  readonly #segment: Segment;
  readonly #host: Host;
  #left = compiling.after;
  #generated: OnePull | undefined;
  /** Nothing is half done, so the generated function may go on from here. */
  #free = false;

  constructor(plain: Pull<unknown>, segment: Segment, host: Host) {
    this.#plain = plain;
    this.#segment = segment;
    this.#host = host;
  }

  pull(): Pulled<unknown> {
    if (this.#left >= 0) this.#count();
    const generated = this.#generated;
    if (generated && this.#free) {
      const item = generated();
      if (item !== STOP) return item;
    }
    const item = this.#plain.pull();
    this.#free = generated !== undefined && this.#segment.free;
    return item;
  }

  #count(): void {
    const segment = this.#segment;
    const host = this.#host;
    if (this.#left === 0 && !segment.drained) {
      const { meter, context } = host;
      this.#generated = compilePull({ segment, host, context, meter, STOP });
      this.#free = this.#generated !== undefined && segment.free;
    }
    this.#left -= 1;
  }

  waits(): readonly WaitReport[] {
    return this.#plain.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#plain.close();
  }
}

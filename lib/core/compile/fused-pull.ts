import type { Host } from '../protocol/host.js';
import type { Pull, Pulled } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { compilePull, type OnePull } from './compile.js';
import { compiling } from './generate.js';

const STOP = Symbol('sluice.stop');

/** The pull of a segment for a reader that pulls item by item: a generated function, once enough items have come. */
export class FusedPull implements Pull<unknown> {
  readonly #plain: Pull<unknown>;
  readonly #segment: Segment;
  readonly #host: Host;
  #left = compiling.after;
  #generated: OnePull | undefined;
  /** True if no pull is in the middle of an item, so the generated function may take over. */
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

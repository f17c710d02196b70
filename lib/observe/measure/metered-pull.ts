import type { Metered } from '../../core/protocol/observer.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { NO_WAITS, type WaitReport } from '../../core/stall/wait-report.js';
import type { LoopMeter } from './loop-meter.js';
import type { Row } from './row.js';

/**
 * Wraps the pull of a stage: counts the items that the stage emits, reports its waits, and measures its time in
 * samples.
 */
export class MeteredPull implements Pull<unknown> {
  readonly #pull: Pull<unknown>;
  readonly #row: Row;
  readonly #host: Metered;

  constructor(pull: Pull<unknown>, row: Row, host: Metered) {
    this.#pull = pull;
    this.#row = row;
    this.#host = host;
  }

  pull(): Pulled<unknown> {
    const row = this.#row;
    const { meter } = this.#host;
    if (meter?.sampling) meter.enter(row.place);
    const item = this.#pull.pull();
    if (item === WAIT) meter?.waits(row.place);
    else if (item !== END) row.hand();
    if (meter?.sampling) meter.enter(row.next);
    return item;
  }

  waits(): readonly WaitReport[] {
    return this.#pull.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#pull.close();
  }
}

/** Wraps the pull of a stage that has inputs of its own: a wait of one input counts only if the stage itself waits. */
export class JointPull implements Pull<unknown> {
  readonly #pull: Pull<unknown>;
  readonly #row: Row;
  readonly #host: Metered;

  constructor(pull: Pull<unknown>, row: Row, host: Metered) {
    this.#pull = pull;
    this.#row = row;
    this.#host = host;
  }

  pull(): Pulled<unknown> {
    const meter = this.#host.meter as LoopMeter;
    const before = meter.beginInputs();
    const item = this.#pull.pull();
    meter.endInputs(before, item === WAIT, this.#row.place);
    return item;
  }

  waits(): readonly WaitReport[] {
    return this.#pull.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#pull.close();
  }
}

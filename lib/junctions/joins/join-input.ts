import { type StageRef, stageError } from '../../core/base/errors.js';
import type { Callback } from '../../core/policy/callback.js';
import { type Keyed, type KeyOf, keyed } from '../../core/policy/keyed.js';
import type { Host } from '../../core/protocol/host.js';
import type { Pull, Pulled } from '../../core/protocol/pull.js';
import type { Segment } from '../../core/protocol/segment.js';
import { NO_WAITS, type WaitReport } from '../../core/stall/wait-report.js';

/** One source of a join: its items with their keys. */
export class JoinInput implements Pull<Keyed<unknown>> {
  readonly side: 'left' | 'right';
  readonly #pull: Pull<Keyed<unknown>>;
  readonly #segment: Segment;
  readonly #ref: StageRef;

  constructor(
    side: 'left' | 'right',
    upstream: Pull<unknown>,
    by: Callback<KeyOf<unknown>>,
    host: Host,
    ref: StageRef,
  ) {
    this.side = side;
    // The segment of the source, which counts the items.
    this.#segment = host.segment;
    this.#ref = ref;
    this.#pull = keyed(upstream, by, host, ref);
  }

  pull(): Pulled<Keyed<unknown>> {
    return this.#pull.pull();
  }

  /** Adds the stage and the latest item's index to an error. */
  failure(error: unknown, item: unknown): unknown {
    return stageError(this.#ref, error, this.#segment.index, item);
  }

  waits(): readonly WaitReport[] {
    return this.#pull.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#pull.close();
  }
}

export interface JoinInputs {
  readonly left: JoinInput;
  readonly right: JoinInput;
}

/** Whether items without a partner are emitted. */
export interface Keeps {
  readonly left: boolean;
  readonly right: boolean;
}

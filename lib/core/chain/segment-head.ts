import { AsyncError, NullItemError, type StageRef, stageError } from '../base/errors.js';
import type { Host } from '../protocol/host.js';
import type { Origin } from '../protocol/link.js';
import { END, isIndexed, type Pull, type Pulled, WAIT } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import { closeNamed } from '../pulls/close.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';

type Kind = Pick<Origin, 'transparent' | 'fed'>;

/**
 * The first pull of a segment. Counts items, refuses null, names failures, ends the source on `stop`, and answers
 * `WAIT` at the end of the time slice.
 */
export class SegmentHead implements Pull<unknown> {
  readonly source: Pull<unknown>;
  readonly #kind: Kind;
  readonly #ref: StageRef;
  readonly #host: Host;
  readonly #segment: Segment;
  #closing: 'pending' | 'done' | undefined;
  /** What generated code has already pulled from the source. */
  #answer: { readonly pulled: unknown } | undefined;

  constructor(open: () => Pull<unknown>, kind: Kind, ref: StageRef, host: Host, segment: Segment) {
    this.#kind = kind;
    this.#ref = ref;
    this.#host = host;
    this.#segment = segment;
    this.source = openOrFail(open);
    segment.head = this;
  }

  get free(): boolean {
    return this.#answer === undefined && (!isIndexed(this.source) || this.source.free);
  }

  answer(pulled: unknown): void {
    this.#answer = { pulled };
  }

  pull(): Pulled<unknown> {
    if (this.#answer) return this.#takeAnswer(this.#answer);
    if (this.#host.run.stopping && !this.#kind.fed) return this.#stop();
    if (this.#host.due()) return WAIT;
    try {
      return this.#counted(this.source.pull());
    } catch (error) {
      throw this.failure(error);
    }
  }

  #takeAnswer({ pulled }: { readonly pulled: unknown }): Pulled<unknown> {
    this.#answer = undefined;
    return this.#counted(pulled);
  }

  #counted(pulled: unknown): Pulled<unknown> {
    if (pulled === WAIT || pulled === END) return pulled;
    if (pulled === null) throw new NullItemError();
    this.#segment.index += 1;
    return pulled;
  }

  #stop(): typeof END {
    this.#host.run.sourceStopped = true;
    return END;
  }

  /** The source failed at the item after the latest. */
  failure(error: unknown): unknown {
    return this.#named(error, this.#segment.index + 1);
  }

  #named(error: unknown, index?: number): unknown {
    const own =
      !this.#kind.transparent || error instanceof AsyncError || error instanceof NullItemError;
    return own ? stageError(this.#ref, error, index) : error;
  }

  waits(): readonly WaitReport[] {
    if (this.#closing === 'done') return NO_WAITS;
    if (this.#closing) return [{ stage: this.#ref, what: 'its cleanup' }];
    const waits = this.source.waits?.() ?? NO_WAITS;
    return waits.map((wait) => ({ stage: this.#ref, ...wait }));
  }

  close(): void | Promise<void> {
    const closing = closeNamed(this.source, (error) => this.#named(error));
    const closed = (): void => {
      this.#closing = 'done';
    };
    this.#closing = closing ? 'pending' : 'done';
    closing?.then(closed, closed);
    return closing;
  }
}

/** If opening fails, the error is thrown by the first pull: by then the whole chain exists and can be closed. */
function openOrFail(open: () => Pull<unknown>): Pull<unknown> {
  try {
    return open();
  } catch (error) {
    const pull = (): never => {
      throw error;
    };
    return { pull, close: () => {} };
  }
}

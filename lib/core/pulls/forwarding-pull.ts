import type { Pull, Pulled } from '../protocol/pull.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';

/** A pull that stands before another, and waits and is closed as that one. Each kind has a `pull` of its own, for speed. */
export abstract class ForwardingPull<I, O = I> implements Pull<O> {
  protected readonly source: Pull<I>;

  constructor(source: Pull<I>) {
    this.source = source;
  }

  abstract pull(): Pulled<O>;

  waits(): readonly WaitReport[] {
    return this.source.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.source.close();
  }
}

import type { StallError } from '../base/errors.js';
import { nowMs } from '../time/clock.js';
import { diagnose, type Stalled } from './diagnose.js';

/** From so many runs on, those that were garbage-collected are removed. */
const MANY = 1024;

/** A run that has not settled. */
export interface LiveRun extends Stalled {
  started: number;
  /** True once it was reported that the run can't settle. */
  reported: boolean;
  /** True if the run must not be garbage-collected before it has settled. */
  readonly kept: boolean;
  readonly onStall: ((stall: StallError) => void) | undefined;
}

/** The run itself if it is kept, else a weak reference to it. */
export type Live = LiveRun | WeakRef<LiveRun>;

/**
 * The runs that have not settled. When the event loop is empty, none of them ever will, and each is reported. A run
 * that belongs to a stream is known weakly, so that it can be garbage-collected with the stream.
 */
class LiveRuns {
  readonly #runs = new Set<Live>();
  readonly #report = (): void => {
    for (const live of this.#runs) report(runOf(live));
  };
  #sweepAt = MANY;
  #listening = false;
  #leaving = false;

  /** Adds a run. Returns the reference that `leave` takes. */
  join(run: LiveRun): Live {
    run.started = nowMs();
    if (!this.#listening) this.#listen();
    if (this.#runs.size >= this.#sweepAt) this.#sweep();
    const live = run.kept ? run : new WeakRef(run);
    this.#runs.add(live);
    return live;
  }

  leave(live: Live): void {
    this.#runs.delete(live);
    if (this.#runs.size === 0 && !this.#leaving) this.#unlistenSoon();
  }

  #listen(): void {
    this.#listening = true;
    process.prependListener('beforeExit', this.#report);
  }

  /** Delayed, because adding and removing the listener takes longer than a short run does. */
  #unlistenSoon(): void {
    this.#leaving = true;
    setImmediate(() => {
      this.#leaving = false;
      if (this.#runs.size > 0) return;
      this.#listening = false;
      process.off('beforeExit', this.#report);
    }).unref();
  }

  #sweep(): void {
    for (const live of this.#runs) if (!runOf(live)) this.#runs.delete(live);
    this.#sweepAt = Math.max(MANY, this.#runs.size * 2);
  }
}

const runOf = (live: Live): LiveRun | undefined => (live instanceof WeakRef ? live.deref() : live);

export const liveRuns = new LiveRuns();

/** Reports a run once: a listener may start new work, and then the event loop becomes empty a second time. */
function report(run: LiveRun | undefined): void {
  if (!run || run.reported) return;
  const stall = diagnose(run);
  if (!stall) return;
  run.reported = true;
  if (run.onStall) run.onStall(stall);
  else process.stderr.write(`sluice: ${stall.message}\n`);
}

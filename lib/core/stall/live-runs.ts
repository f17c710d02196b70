import type { StallError } from '../base/errors.js';
import { nowMs } from '../time/clock.js';
import { diagnose, type Stalled } from './diagnose.js';

/** More of them than this are swept for those that are gone. */
const MANY = 1024;

/** A run, as far as it matters that it has not settled. */
export interface LiveRun extends Stalled {
  started: number;
  /** It is known that the run can't settle. */
  reported: boolean;
  /** The run is not to be collected before it has settled. */
  readonly kept: boolean;
  readonly onStall: ((stall: StallError) => void) | undefined;
}

/** Of a run that is kept, the run. */
export type Live = LiveRun | WeakRef<LiveRun>;

/**
 * The runs that have not settled. When the event loop has nothing left to do, none of them ever will: each says why.
 * A run that only belongs to a stream stays free to be collected with it.
 */
class LiveRuns {
  readonly #runs = new Set<Live>();
  readonly #report = (): void => {
    for (const live of this.#runs) report(runOf(live));
  };
  #sweepAt = MANY;
  #listening = false;
  #leaving = false;

  /** Answers what to leave as. */
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

  /** Not at once: to listen and to stop again takes longer than a short run does. */
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

/** Once: whoever hears of it may set things going again, and then the event loop ends a second time. */
function report(run: LiveRun | undefined): void {
  if (!run || run.reported) return;
  const stall = diagnose(run);
  if (!stall) return;
  run.reported = true;
  if (run.onStall) run.onStall(stall);
  else process.stderr.write(`sluice: ${stall.message}\n`);
}

import { AsyncResource } from 'node:async_hooks';
import type { StageRef } from '../base/errors.js';
import type { Rest } from '../stall/diagnose.js';
import { type Live, liveRuns } from '../stall/live-runs.js';
import { Turn } from '../time/turn.js';
import { LazyContext } from './context.js';
import { type Observer, observerOf } from './observer.js';
import type { Part } from './part.js';
import type { Trace, WaitingRunOptions } from './run-options.js';

/** A loop, as its run sees it. */
export interface RunLoop {
  /** False makes the loop check its state before it moves the next item. */
  ready: boolean;
  readonly meter: { end(): void } | undefined;
  readonly context: LazyContext;
  readonly parts: readonly Part[];
  stop(): void;
  atRest(): Rest;
}

/** What all loops of one run share: the callbacks' context, the trace, and whether a stop was asked for. */
export class Run {
  readonly trace: Trace | undefined;
  /** Set if the run has statistics. */
  observer: Observer | undefined;
  readonly onStall: WaitingRunOptions['onStall'];
  readonly loops = new Set<RunLoop>();
  readonly turn: Turn;
  /** Whether a caller waits for the run, such as a pending send. Only then is a run without a stuck stage reported. */
  isAwaited: (() => boolean) | undefined;
  /** True for `pipeline`: its caller waits for a promise, which does not keep the run from being garbage-collected. */
  kept = false;
  /** True once it was reported that the run can't settle. */
  reported = false;
  /** When the first loop was opened, in ms. */
  started = 0;
  /** The stage that waits for this run to begin, while it has no loop: see `expect`. */
  expecting: StageRef | undefined;
  #live: Live | undefined;
  /** Holds the asynchronous context (`AsyncLocalStorage`) in which the run began. */
  #caller: AsyncResource | undefined;
  /**
   * The streams that the run writes to. A reader of the same stream that is done leaves a function here, with which the
   * writer closes the stream.
   */
  readonly written = new Map<object, (() => Promise<void>) | undefined>();
  readonly context = new LazyContext();
  /** True once `stop` has ended a source, perhaps in the middle of a line. */
  sourceStopped = false;
  #stopping = false;

  /** `turn`: that of the run which this one is part of, such as the run of a dead letter. */
  constructor(options: WaitingRunOptions = {}, turn = new Turn()) {
    this.turn = turn;
    this.trace = options.trace;
    this.onStall = options.onStall;
    this.observer = observerOf(this, options.stats);
  }

  /** Registers a run that a caller waits for before it has a loop. `leave` without a loop undoes it. */
  expect(stage: StageRef): void {
    this.expecting = stage;
    this.#live = liveRuns.join(this);
  }

  join(loop: RunLoop): void {
    this.begin();
    if (this.loops.size === 0) {
      this.#live = liveRuns.join(this);
      this.observer?.begin();
    }
    this.loops.add(loop);
    this.turn.loops.add(loop);
  }

  leave(loop?: RunLoop): void {
    if (loop) {
      loop.meter?.end();
      this.loops.delete(loop);
      this.turn.loops.delete(loop);
      loop.context.leave();
      for (const part of loop.parts) part.release();
    }
    if (!this.#live || this.loops.size > 0) return;
    liveRuns.leave(this.#live);
    if (loop) this.observer?.end();
  }

  /**
   * Keeps the current asynchronous context for the callbacks. `AsyncLocalStorage.snapshot` would do that too, but costs
   * several hundred times as much.
   */
  begin(): void {
    this.#caller ??= new AsyncResource('sluice', { requireManualDestroy: true });
  }

  /**
   * Calls `act` in the asynchronous context in which the run began: code that wakes a run from outside must not pass
   * its own `AsyncLocalStorage` to the callbacks. Promises and timers keep theirs by themselves.
   */
  within<R, A = undefined, B = undefined>(act: (a: A, b: B) => R, a?: A, b?: B): R {
    const caller = this.#caller;
    return caller ? caller.runInAsyncScope(act, undefined, a as A, b as B) : act(a as A, b as B);
  }

  get awaited(): boolean {
    return this.kept || this.isAwaited?.() === true;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Stops gracefully: the sources end, and the items under way are finished. */
  stop(): void {
    this.#stopping = true;
    for (const loop of this.loops) loop.stop();
  }

  /** Aborts the callbacks' signal: their results are no longer wanted. */
  abort(reason: unknown): void {
    this.context.abort(reason);
  }
}

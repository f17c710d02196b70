import { AsyncResource } from 'node:async_hooks';
import type { StageRef } from '../base/errors.js';
import type { Rest } from '../stall/diagnose.js';
import { type Live, liveRuns } from '../stall/live-runs.js';
import { Turn } from '../time/turn.js';
import { LazyContext } from './context.js';
import { type Observer, observerOf } from './observer.js';
import type { Trace, WaitingRunOptions } from './run-options.js';

/** What a run needs of a loop of its own. */
export interface RunLoop {
  /** False: the loop is to look at what has changed before it moves the next item. */
  ready: boolean;
  readonly meter: { end(): void } | undefined;
  readonly context: LazyContext;
  stop(): void;
  atRest(): Rest;
}

/** What all loops of one run share: the callbacks' context, the trace, and the wish to stop. */
export class Run {
  readonly trace: Trace | undefined;
  /** Nobody, unless its statistics are wanted. */
  observer: Observer | undefined;
  readonly onStall: WaitingRunOptions['onStall'];
  readonly loops = new Set<RunLoop>();
  readonly turn: Turn;
  /** Whether somebody waits for it, who is told when it can't settle. A pipeline is always waited for. */
  owes: (() => boolean) | undefined;
  /** It is not to be collected before it has settled, as whoever waits for it may hold nothing but a promise. */
  kept = false;
  /** It is known that it can't settle. */
  reported = false;
  /** When its first loop was opened, in ms. */
  started = 0;
  /** What is to run, where there is nothing yet. */
  expecting: StageRef | undefined;
  #live: Live | undefined;
  /** Whose asynchronous context its callbacks find. */
  #caller: AsyncResource | undefined;
  /** What it writes into. Who reads the same has `left` its closing to the writer, if he is done first. */
  readonly written = new Map<object, 'open' | 'left'>();
  readonly context = new LazyContext();
  /** A source has been ended by `stop`, perhaps in the middle of a line. */
  cut = false;
  #stopping = false;

  /** `turn`: of the run that it belongs to, if it does. */
  constructor(options: WaitingRunOptions = {}, turn = new Turn()) {
    this.turn = turn;
    this.trace = options.trace;
    this.onStall = options.onStall;
    this.observer = observerOf(this, options.stats);
  }

  /** Somebody may wait for it before it has a loop; `leave` without one when he need not any more. */
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
    }
    if (!this.#live || this.loops.size > 0) return;
    liveRuns.leave(this.#live);
    if (loop) this.observer?.end();
  }

  /**
   * Its callbacks find the asynchronous context of now. `AsyncLocalStorage.snapshot` would do, at several hundred times
   * the price.
   */
  begin(): void {
    this.#caller ??= new AsyncResource('sluice', { requireManualDestroy: true });
  }

  /**
   * Acts in the asynchronous context in which it began: whoever wakes a run from outside must not lend its callbacks
   * his `AsyncLocalStorage`. Promises and timers keep theirs by themselves.
   */
  within<R, A = undefined, B = undefined>(act: (a: A, b: B) => R, a?: A, b?: B): R {
    const caller = this.#caller;
    return caller ? caller.runInAsyncScope(act, undefined, a as A, b as B) : act(a as A, b as B);
  }

  get owing(): boolean {
    return this.kept || this.owes?.() === true;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Graceful: sources end, what is in flight finishes. */
  stop(): void {
    this.#stopping = true;
    for (const loop of this.loops) loop.stop();
  }

  /** Tells the callbacks that nobody wants their results any more. */
  abort(reason: unknown): void {
    this.context.abort(reason);
  }
}

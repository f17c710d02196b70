import { AsyncResource } from 'node:async_hooks';
import { ArgumentError, type StageRef, type StallError, UsedError } from './errors.js';
import { LazyContext } from './lazy-context.js';
import { type Live, liveRuns } from './live-runs.js';
import type { Loop } from './loop.js';
import { type Observer, observerOf, type Watch } from './observer.js';
import { requireFunction, requireKnown, requireSignal } from './require.js';
import { Turn } from './turn.js';

/** What every callback gets as its second argument. */
export interface Context {
  /**
   * Aborts when the run fails or is aborted, and when the stage's results are not wanted any more. The run waits for what is
   * under way, up to 100 ms.
   */
  readonly signal: AbortSignal;
}

/** One thing a stage did. `ready`: asks for its next item. `emit`: hands one on. `end`, `fail`: will do neither again. */
export interface TraceEvent {
  readonly stage: StageRef;
  readonly kind: 'ready' | 'emit' | 'end' | 'fail';
}

export type Trace = (event: TraceEvent) => void;

/** Options of every way of running. */
export interface RunOptions {
  /** Aborts the run: it fails with an `AbortError` once everything is closed. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the run gracefully: the source stops, what is in flight finishes. What is in flight for ever, as an endless
   * iterable in `flatMap` is, only `signal` ends.
   */
  readonly stop?: AbortSignal | undefined;
  /** Called for everything each stage does, in order, synchronously. */
  readonly trace?: Trace | undefined;
  /** What `stats()` has made: it can be asked at any time what each stage has done. One of them serves one run. */
  readonly stats?: Watch | undefined;
}

/** Options of the ways of running that may wait. */
export interface WaitingRunOptions extends RunOptions {
  /**
   * Called, once, when the event loop has nothing left to do and the run has not settled, so that it never will. Default:
   * the message goes to stderr.
   */
  readonly onStall?: ((stall: StallError) => void) | undefined;
}

/** Checks the options of a way of running at the call. `own` are the names of those that only it has. */
export function requireRunOptions(who: string, options: RunOptions, own: readonly string[]): void {
  requireKnown<Record<string, unknown>>(who, { ...options }, [
    'signal',
    'stop',
    'trace',
    'stats',
    ...own,
  ]);
  requireSignal(who, 'signal', options.signal);
  requireSignal(who, 'stop', options.stop);
  if (options.trace !== undefined) requireFunction(who, 'trace', options.trace);
  if (options.stats !== undefined) requireUnused(who, options.stats);
}

function requireUnused(who: string, stats: Watch): void {
  if (typeof (stats as Partial<Watch> | null)?.watch !== 'function')
    throw new ArgumentError(`${who}: stats must be what stats() has made`);
  if (stats.used) throw new UsedError('stats');
}

/** The same, of a way of running that may wait. */
export function requireWaitingRunOptions(
  who: string,
  options: WaitingRunOptions,
  own: readonly string[],
): void {
  requireRunOptions(who, options, ['onStall', ...own]);
  if (options.onStall !== undefined) requireFunction(who, 'onStall', options.onStall);
}

/** What all loops of one run share: the callbacks' context, the trace, and the wish to stop. */
export class Run {
  readonly trace: Trace | undefined;
  /** Nobody, unless its statistics are wanted. */
  observer: Observer | undefined;
  readonly onStall: WaitingRunOptions['onStall'];
  readonly loops = new Set<Loop>();
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

  join(loop: Loop): void {
    this.begin();
    if (this.loops.size === 0) {
      this.#live = liveRuns.join(this);
      this.observer?.begin();
    }
    this.loops.add(loop);
    this.turn.loops.add(loop);
  }

  leave(loop?: Loop): void {
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

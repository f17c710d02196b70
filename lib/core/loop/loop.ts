import type { StageRef } from '../base/errors.js';
import { FusedLoop } from '../compile/fused-loop.js';
import type { Ack } from '../protocol/ack.js';
import { LazyContext } from '../protocol/context.js';
import type { Drain, DrainHost, Outcome, Owner } from '../protocol/drain.js';
import type { Meter } from '../protocol/observer.js';
import type { Part } from '../protocol/part.js';
import { END, type Pull, WAIT } from '../protocol/pull.js';
import type { Run } from '../protocol/run.js';
import { Segment } from '../protocol/segment.js';
import type { Rest } from '../stall/diagnose.js';
import { IdleFlush } from '../time/idle-flush.js';
import { TimeSlice } from '../time/time-slice.js';
import { DrainStage } from './drain-stage.js';
import { Lifecycle } from './lifecycle.js';

/** Moves items from a chain of pulls into a drain, in time slices. Its `Lifecycle` decides how it ends. */
export class Loop<R = unknown> implements DrainHost {
  readonly run: Run;
  readonly context: LazyContext;
  segment = new Segment();
  readonly segments: Segment[] = [];
  readonly parts: Part[] = [];
  readonly last: DrainStage<R>;
  acknowledged = false;
  acks: readonly Ack[] | undefined;
  blocker: (() => Error) | undefined;
  meter: Meter | undefined;

  // Generated code reads these flags for each item: plain fields, kept up to date by the methods that change them.
  interrupted = false;
  halted = false;
  /** True if an item may pass at once: see `Passage`. */
  ready = false;
  readonly #lifecycle: Lifecycle<R>;
  readonly #openChain: (loop: Loop) => Pull<unknown>;
  readonly #slice = new TimeSlice(this);
  readonly #idleFlush = new IdleFlush(() => this.wake(), this.#slice);
  #chain: Pull<unknown> | undefined;
  #fused: FusedLoop | undefined;
  #running = false;
  /** The loop was woken while it ran. */
  #again = false;
  #blocked = false;
  /** How many promises and streams will wake the loop. */
  #waits = 0;
  /** When the loop last began to wait for something, in ms. */
  #since = 0;
  #blockedSince = 0;

  constructor(
    run: Run,
    openChain: (loop: Loop) => Pull<unknown>,
    drain: Drain<never, R>,
    ref: StageRef,
    owner: Owner<R>,
  ) {
    this.run = run;
    this.context = new LazyContext(run.context);
    this.#openChain = openChain;
    this.last = new DrainStage(drain as Drain<unknown, R>, ref, this as Loop);
    this.#lifecycle = new Lifecycle(this as Loop, this.last, owner);
  }

  /** Opens the chain and the drain without moving an item. If opening fails, both are closed. */
  open(): void {
    this.run.join(this as Loop);
    this.#running = true;
    try {
      this.meter = this.run.observer?.meter();
      this.#chain = this.last.inputFrom(this.#openChain(this as Loop));
      if (this.last.open() === WAIT) this.block();
      // With a trace, plain pulls move all items.
      if (!this.run.trace) this.#fused = new FusedLoop(this, this.last.drain, this.#slice);
      this.#lifecycle.begin();
    } catch (error) {
      this.fail(error);
    }
    this.#rest();
  }

  start(): void {
    this.open();
    this.wake();
  }

  /** There may be an item, or room for one. */
  wake(): void {
    if (this.#running) this.#again = true;
    else if (this.#lifecycle.open && !this.#blocked) this.#go();
  }

  /** Allocates nothing: when items are written one by one, this runs for each of them. */
  #go(): void {
    this.ready = false;
    this.#running = true;
    try {
      do {
        this.#again = false;
        this.meter?.begin();
        this.#move();
      } while (this.#again && this.#lifecycle.open && !this.#blocked);
    } catch (error) {
      this.#lifecycle.restDrain();
      this.fail(error);
    }
    this.#rest();
  }

  /** Moves items until one has to wait, the drain takes none, or the time slice is over. */
  #move(): void {
    const chain = this.#chain as Pull<unknown>;
    const { drain } = this.last;
    const lifecycle = this.#lifecycle;
    while (lifecycle.open && !this.#blocked && !this.#slice.halts) {
      const moved = this.#fused?.run();
      if (!lifecycle.open || this.#blocked) return;
      if (moved === WAIT) return this.#checkStall();
      if (drain.done?.()) return void lifecycle.enough();
      const item = chain.pull();
      // A callback may have aborted or destroyed the run.
      if (!lifecycle.open) return;
      if (item === WAIT) return this.#checkStall();
      if (item === END) return void lifecycle.end();
      this.#take(item);
    }
  }

  #take(item: unknown): void {
    try {
      this.last.take(item);
    } catch (error) {
      throw this.refusal(error, item);
    }
  }

  refusal(error: unknown, item: unknown): unknown {
    return this.last.named(error, this.segment.index, item);
  }

  block(): void {
    this.#blocked = true;
    this.#blockedSince = this.#slice.now();
  }

  unblock(): void {
    this.#blocked = false;
    this.wake();
  }

  #checkStall(): void {
    this.#lifecycle.restDrain();
    const { blocker } = this;
    this.blocker = undefined;
    if (blocker && !this.#again && this.#waits === 0 && !this.#slice.over) throw blocker();
  }

  /** The loop stops moving items for now. If it has failed or was cancelled, it is closed. */
  #rest(): void {
    this.#lifecycle.restDrain();
    this.#running = false;
    this.ready = this.live && !this.#blocked && !this.interrupted && !this.#slice.over;
    this.meter?.rest(this.#blocked || !this.live, this.#slice.over);
    this.#lifecycle.rest();
  }

  /** Moves one item straight to the drain, without queueing it or waking the loop: see `Passage`. */
  pass(item: unknown): boolean {
    this.ready = false;
    this.#running = true;
    this.#again = false;
    const passed = this.#fused?.pass?.(item) === true;
    if (passed && !this.#again) {
      this.#running = false;
      this.ready = !this.#slice.due();
      return true;
    }
    this.#rest();
    if (passed && this.live) this.#go();
    return false;
  }

  fail(error: unknown): void {
    this.#interrupt(() => this.#lifecycle.fail(error));
  }

  /** Stops gracefully: the source ends. Generated code is interrupted, because only plain pulls can end a source. */
  stop(): void {
    this.#interrupt(() => this.wake());
  }

  /** Ends the loop without a failure; resolves with the outcome when everything is closed. */
  cancel(): Promise<Outcome<unknown>> {
    this.#interrupt(() => this.#lifecycle.cancel());
    return this.#lifecycle.outcome;
  }

  #interrupt(act: () => void): void {
    this.interrupted = true;
    this.#again = true;
    this.ready = false;
    act();
    this.halted = !this.#lifecycle.open;
    if (!this.#running) this.#lifecycle.rest();
  }

  endEarly(): void {
    this.#lifecycle.endEarly();
  }

  closeChain(): void | Promise<void> {
    return this.#chain?.close();
  }

  get live(): boolean {
    return this.#lifecycle.open;
  }

  get settled(): boolean {
    return this.#lifecycle.settled;
  }

  due(): boolean {
    return this.halted || this.#slice.due();
  }

  idleSoon(): void {
    if (!this.#slice.over) this.#idleFlush.soon();
  }

  get idling(): boolean {
    return this.#idleFlush.passing;
  }

  waiting(): number {
    this.#waits += 1;
    this.#since = this.#slice.now();
    return this.#since;
  }

  arrived(): void {
    this.#waits -= 1;
  }

  atRest(): Rest {
    const blocked = this.#blocked ? this.#blockedSince : undefined;
    const { ending } = this.#lifecycle;
    return { segments: this.segments, last: this.last, blocked, ending, since: this.#since };
  }
}

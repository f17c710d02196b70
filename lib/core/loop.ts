import type { Ack } from './ack.js';
import { Deferred } from './deferred.js';
import type { Drain, Outcome, Owner } from './drain.js';
import { type StageRef, stageError } from './errors.js';
import { Failure } from './failure.js';
import { Fused } from './fused.js';
import type { Host } from './host.js';
import { IdlePass } from './idle-pass.js';
import { END, type Pull, SKIP, WAIT } from './pull.js';
import type { Run } from './run.js';
import { Segment } from './segment.js';
import { Slice } from './slice.js';
import { isThenable } from './thenable.js';
import { TracedInput } from './trace.js';

type State = 'new' | 'open' | 'ending' | 'closing' | 'settled';

/** Moves items from a chain of pulls into a drain, in time slices, and sees everything closed before it settles. */
export class Loop<R = unknown> implements Host {
  readonly run: Run;
  segment = new Segment();
  interrupted = false;
  acknowledged = false;
  acks: readonly Ack[] | undefined;
  blocker: (() => Error) | undefined;

  readonly #drain: Drain<unknown, R>;
  readonly #ref: StageRef;
  readonly #owner: Owner<R>;
  readonly #openChain: (loop: Loop) => Pull<unknown>;
  readonly #slice = new Slice(() => this.wake());
  readonly #idle = new IdlePass(() => this.wake());
  readonly #failure = new Failure();
  readonly #closed = new Deferred<Outcome<unknown>>();
  readonly #answered = (answer: unknown): void => {
    this.#answer(answer);
    this.unblock();
  };
  readonly #refused = (error: unknown): void => {
    this.fail(this.refusal(error, this.#item));
  };
  #chain: Pull<unknown> | undefined;
  #fused: Fused | undefined;
  #state: State = 'new';
  /** What the drain has not answered yet. */
  #item: unknown;
  #running = false;
  #again = false;
  #blocked = false;
  #early = false;
  #closing = false;
  #waits = 0;

  constructor(
    run: Run,
    openChain: (loop: Loop) => Pull<unknown>,
    drain: Drain<never, R>,
    ref: StageRef,
    owner: Owner<R>,
  ) {
    this.run = run;
    this.#openChain = openChain;
    this.#drain = drain as Drain<unknown, R>;
    this.#ref = ref;
    this.#owner = owner;
  }

  /** Opens both ends without moving an item. What fails meanwhile is closed when both are there. */
  open(): void {
    this.run.loops.add(this as Loop);
    this.#running = true;
    try {
      const chain = this.#openChain(this as Loop);
      this.#chain = this.run.trace ? new TracedInput(chain, this.#ref, this.run.trace) : chain;
      this.#drain.open?.(this as Loop, this.#ref);
      this.#fused = this.#fuse();
      if (this.#state === 'new') this.#state = 'open';
    } catch (error) {
      this.fail(error);
    }
    this.#rest();
  }

  /** Whoever watches each step, or waits for answers to single items, has them moved one by one. */
  #fuse(): Fused | undefined {
    if (this.run.trace || this.acknowledged) return undefined;
    const { segment, run } = this;
    const drain = this.#drain;
    return new Fused({ segment, drain, loop: this, slice: this.#slice, context: run.context });
  }

  start(): void {
    this.open();
    this.wake();
  }

  wake(): void {
    if (this.#running) this.#again = true;
    else if (this.#state === 'open' && !this.#blocked) this.#go();
  }

  /** The drain takes items again. */
  unblock(): void {
    this.#blocked = false;
    this.wake();
  }

  due(): boolean {
    return this.#slice.due();
  }

  idleSoon(): void {
    if (!this.#slice.over) this.#idle.soon();
  }

  get idling(): boolean {
    return this.#idle.passing;
  }

  waiting(): void {
    this.#waits += 1;
  }

  arrived(): void {
    this.#waits -= 1;
  }

  endEarly(): void {
    this.#early = true;
  }

  fail(error: unknown): void {
    if (this.#failure.known) return this.#failure.add(error);
    if (this.#state === 'closing' || this.#state === 'settled') return;
    this.#failure.add(error);
    this.interrupted = true;
    this.#state = 'closing';
    this.#owner.failed?.(error);
    if (!this.#running) void this.#close();
  }

  /** Graceful: the source ends, which is for the plain pulls to say. */
  stop(): void {
    this.interrupted = true;
    this.wake();
  }

  get live(): boolean {
    return this.#state === 'open';
  }

  get settled(): boolean {
    return this.#state === 'settled';
  }

  /** Gives up without a failure; resolves with what came of it when everything is closed. */
  cancel(): Promise<Outcome<unknown>> {
    if (this.#state !== 'closing' && this.#state !== 'settled') {
      this.interrupted = true;
      this.#state = 'closing';
      if (!this.#running) void this.#close();
    }
    return this.#closed.promise;
  }

  /** Nothing is allocated here: a segment that is written to item by item comes by for each of them. */
  #go(): void {
    this.#running = true;
    try {
      do {
        this.#again = false;
        this.#move();
      } while (this.#again && this.#state === 'open' && !this.#blocked);
    } catch (error) {
      this.fail(error);
    }
    this.#rest();
  }

  #rest(): void {
    this.#running = false;
    if (this.#state === 'closing') void this.#close();
  }

  #move(): void {
    const chain = this.#chain as Pull<unknown>;
    const drain = this.#drain;
    while (this.#state === 'open' && !this.#blocked) {
      const moved = this.#fused?.run();
      if (this.#state !== 'open' || this.#blocked) return;
      if (moved === WAIT) return this.#checkStall();
      if (drain.done?.()) {
        this.#owner.endedEarly?.();
        return void this.#finish(chain);
      }
      const item = chain.pull();
      // It may have been aborted or destroyed in there.
      if (this.#state !== 'open') return;
      if (item === WAIT) return this.#checkStall();
      if (item === END) return void this.#finish(chain);
      this.#take(item);
    }
  }

  #take(item: unknown): void {
    let answer: unknown;
    try {
      answer = this.#drain.take(item, this.run.context);
    } catch (error) {
      throw this.refusal(error, item);
    }
    this.took(answer, item);
  }

  took(answer: unknown, item: unknown): void {
    if (answer === WAIT) this.#blocked = true;
    else if (isThenable(answer)) this.#await(answer, item);
    else if (answer !== SKIP) this.#answer(answer);
  }

  #await(answer: PromiseLike<unknown>, item: unknown): void {
    this.#blocked = true;
    this.#item = item;
    Promise.resolve(answer).then(this.#answered, this.#refused);
  }

  #answer(answer: unknown): void {
    if (this.acks) for (const ack of this.acks) ack.answer = answer;
  }

  refusal(error: unknown, item: unknown): unknown {
    return this.#named(error, this.segment.index, item);
  }

  #named(error: unknown, index?: number, item?: unknown): unknown {
    return this.#drain.transparent ? error : stageError(this.#ref, error, index, item);
  }

  #checkStall(): void {
    const { blocker } = this;
    this.blocker = undefined;
    if (blocker && !this.#again && this.#waits === 0 && !this.#slice.over) throw blocker();
  }

  async #finish(chain: Pull<unknown>): Promise<void> {
    this.#state = 'ending';
    try {
      await chain.close();
      if (this.#state !== 'ending') return;
      const result = (await this.#end()) as R;
      if (this.#state !== 'ending') return;
      // Not before: what the drain still does with the last items must not find its signal aborted.
      if (this.#early) this.#owner.endedEarly?.();
      await this.#drain.close?.();
      this.#settle({ kind: 'done', result });
    } catch (error) {
      this.fail(error);
    }
  }

  async #end(): Promise<R | undefined> {
    try {
      return await this.#drain.end?.(this.run.context);
    } catch (error) {
      throw this.#named(error);
    }
  }

  async #close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const failure = this.#failure;
    await failure.despite(() => this.#chain?.close());
    await failure.despite(() => this.#drain.close?.(failure.error));
    this.#settle(failure.known ? { kind: 'failed', error: failure.error } : { kind: 'cancelled' });
  }

  #settle(outcome: Outcome<R>): void {
    if (this.#state === 'settled') return;
    this.#state = 'settled';
    this.run.loops.delete(this as Loop);
    this.#owner.settled(outcome);
    this.#closed.resolve(outcome);
  }
}

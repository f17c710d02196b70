import type { Ack } from './ack.js';
import { Deferred } from './deferred.js';
import type { Drain, Outcome, Owner } from './drain.js';
import { type StageRef, stageError, suppress } from './errors.js';
import type { Host } from './host.js';
import { END, type Pull, SKIP, WAIT } from './pull.js';
import type { Run } from './run.js';
import { Slice } from './slice.js';
import type { Counter } from './step.js';
import { isThenable } from './thenable.js';
import { TracedInput } from './trace.js';

type State = 'new' | 'open' | 'ending' | 'closing' | 'settled';

/** Moves items from a chain of pulls into a drain, in time slices, and sees everything closed before it settles. */
export class Loop<R = unknown> implements Host {
  readonly run: Run;
  counter: Counter = { index: -1 };
  acknowledged = false;
  acks: readonly Ack[] | undefined;
  idling = false;
  blocker: (() => Error) | undefined;

  readonly #drain: Drain<unknown, R>;
  readonly #ref: StageRef;
  readonly #owner: Owner<R>;
  readonly #openChain: (loop: Loop) => Pull<unknown>;
  readonly #slice: Slice;
  readonly #closed = new Deferred<Outcome<unknown>>();
  #chain: Pull<unknown> | undefined;
  #state: State = 'new';
  #failure: { readonly error: unknown } | undefined;
  #running = false;
  #again = false;
  #blocked = false;
  #idleDue = false;
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
    this.#slice = new Slice(() => this.wake());
  }

  /** Opens both ends without moving an item. What fails meanwhile is closed when both are there. */
  open(): void {
    this.run.loops.add(this as Loop);
    this.#guard(() => {
      const chain = this.#openChain(this as Loop);
      this.#chain = this.run.trace ? new TracedInput(chain, this.#ref, this.run.trace) : chain;
      this.#drain.open?.(this as Loop, this.#ref);
      if (this.#state === 'new') this.#state = 'open';
    });
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
    if (this.#idleDue || this.#slice.over) return;
    this.#idleDue = true;
    setImmediate(() => {
      this.#idleDue = false;
      this.idling = true;
      this.wake();
      this.idling = false;
    });
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
    if (this.#failure) return suppress(this.#failure.error, error);
    if (this.#state === 'closing' || this.#state === 'settled') return;
    this.#failure = { error };
    this.#state = 'closing';
    this.#owner.failed?.(error);
    if (!this.#running) void this.#close();
  }

  get settled(): boolean {
    return this.#state === 'settled';
  }

  /** Gives up without a failure; resolves with what came of it when everything is closed. */
  cancel(): Promise<Outcome<unknown>> {
    if (this.#state !== 'closing' && this.#state !== 'settled') {
      this.#state = 'closing';
      if (!this.#running) void this.#close();
    }
    return this.#closed.promise;
  }

  #go(): void {
    do {
      this.#again = false;
      this.#guard(() => this.#move());
    } while (this.#again && this.#state === 'open' && !this.#blocked);
  }

  #guard(act: () => void): void {
    this.#running = true;
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
    this.#running = false;
    if (this.#state === 'closing') void this.#close();
  }

  #move(): void {
    const chain = this.#chain as Pull<unknown>;
    const drain = this.#drain;
    while (this.#state === 'open' && !this.#blocked) {
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
    const { index } = this.counter;
    let answer: unknown;
    try {
      answer = this.#drain.take(item, this.run.context);
    } catch (error) {
      throw this.#named(error, index, item);
    }
    if (answer === WAIT) this.#blocked = true;
    else if (isThenable(answer)) {
      this.#blocked = true;
      Promise.resolve(answer).then(
        (value) => {
          this.#answer(value);
          this.unblock();
        },
        (error: unknown) => this.fail(this.#named(error, index, item)),
      );
    } else if (answer !== SKIP) this.#answer(answer);
  }

  #answer(answer: unknown): void {
    if (this.acks) for (const ack of this.acks) ack.answer = answer;
  }

  #named(error: unknown, index?: number, item?: unknown): unknown {
    return this.#drain.transparent ? error : stageError(this.#ref, error, index, item);
  }

  #checkStall(): void {
    const blocker = this.blocker;
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
    await this.#tidy(() => this.#chain?.close());
    await this.#tidy(() => this.#drain.close?.(this.#failure?.error));
    this.#settle(this.#failure ? { kind: 'failed', ...this.#failure } : { kind: 'cancelled' });
  }

  async #tidy(close: () => unknown): Promise<void> {
    try {
      await close();
    } catch (error) {
      if (this.#failure) suppress(this.#failure.error, error);
      else this.#failure = { error };
    }
  }

  #settle(outcome: Outcome<R>): void {
    if (this.#state === 'settled') return;
    this.#state = 'settled';
    this.run.loops.delete(this as Loop);
    this.#owner.settled(outcome);
    this.#closed.resolve(outcome);
  }
}

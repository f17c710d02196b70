import { Deferred } from '../base/deferred.js';
import type { Outcome, Owner } from '../protocol/drain.js';
import { FirstError } from './first-error.js';

type State = 'new' | 'open' | 'ending' | 'closing' | 'settled';

/** The two ends of a loop, as far as their end is concerned. */
export interface LoopEnds<R> {
  /** Nothing that it does is wanted any more, because of `error` if there is one. */
  giveUp(error?: unknown): void;
  /** Whether an error only says that somebody has given up. */
  readonly echoes: (error: unknown) => boolean;
  closeChain(): void | Promise<void>;
  /** No item comes for now. */
  restDrain(): void;
  /** All items have been taken: the result. */
  endDrain(): Promise<R>;
  closeDrain(error?: unknown): void | Promise<void>;
  /** Both are closed. */
  settled(): void;
}

/** From opening to settling. It alone knows the order of the end: close the chain, take the result, close the drain. */
export class Lifecycle<R> {
  readonly #ends: LoopEnds<R>;
  readonly #owner: Owner<R>;
  readonly #failure: FirstError;
  readonly #closed = new Deferred<Outcome<unknown>>();
  #state: State = 'new';
  /** What its end waits for. */
  ending: string | undefined;
  #early = false;
  #closing = false;
  #drainClosed = false;

  constructor(ends: LoopEnds<R>, owner: Owner<R>) {
    this.#ends = ends;
    this.#failure = new FirstError(ends.echoes);
    this.#owner = owner;
  }

  /** Items can be moved. */
  get open(): boolean {
    return this.#state === 'open';
  }

  get settled(): boolean {
    return this.#state === 'settled';
  }

  begin(): void {
    if (this.#state === 'new') this.#state = 'open';
  }

  /** The input is let go before it has ended: its owner hears of that when nothing needs it any more. */
  endEarly(): void {
    this.#early = true;
  }

  fail(error: unknown): void {
    if (this.#failure.known) return this.#failure.add(error);
    if (this.#over) return;
    this.#failure.add(error);
    this.#state = 'closing';
    this.#ends.giveUp(error);
    this.#owner.failed?.(error);
  }

  /** Gives up without a failure. */
  cancel(): void {
    if (this.#over) return;
    this.#state = 'closing';
    this.#ends.giveUp();
  }

  /** What came of it, when everything is closed. */
  get outcome(): Promise<Outcome<unknown>> {
    return this.#closed.promise;
  }

  get #over(): boolean {
    return this.#state === 'closing' || this.#state === 'settled';
  }

  /** The drain has enough. */
  async enough(): Promise<void> {
    this.#owner.endedEarly?.();
    await this.end();
  }

  /** Nothing comes for now: the drain lets go of what it has gathered, unless nobody wants that any more. */
  quiet(): void {
    if (this.open) this.#ends.restDrain();
  }

  /** The chain has ended. What the drain still lets go of then may fail. */
  async end(): Promise<void> {
    this.quiet();
    if (!this.open) return;
    this.#state = 'ending';
    this.ending = 'its input to close';
    try {
      await this.#ends.closeChain();
      if (this.#state !== 'ending') return;
      this.ending = 'its result';
      const result = await this.#ends.endDrain();
      if (this.#state !== 'ending') return;
      // Not before: what the drain still does with the last items must not find its signal aborted.
      if (this.#early) this.#owner.endedEarly?.();
      this.ending = 'its cleanup';
      await this.#closeDrain();
      this.#settle({ kind: 'done', result });
    } catch (error) {
      this.fail(error);
      this.rest();
    }
  }

  /** No item is being moved right now: what has failed or been cancelled can be closed. */
  rest(): void {
    if (this.#state === 'closing' && !this.#closing) void this.#close();
  }

  async #close(): Promise<void> {
    this.#closing = true;
    const failure = this.#failure;
    this.ending = 'its input to close';
    await failure.despite(() => this.#ends.closeChain());
    this.ending = 'its cleanup';
    await failure.despite(() => this.#closeDrain(failure.error));
    this.#settle(failure.known ? { kind: 'failed', error: failure.error } : { kind: 'cancelled' });
  }

  /** Once, also if that fails. */
  #closeDrain(error?: unknown): void | Promise<void> {
    if (this.#drainClosed) return;
    this.#drainClosed = true;
    return this.#ends.closeDrain(error);
  }

  #settle(outcome: Outcome<R>): void {
    if (this.#state === 'settled') return;
    this.#state = 'settled';
    this.#ends.settled();
    this.#owner.settled(outcome);
    this.#closed.resolve(outcome);
  }
}

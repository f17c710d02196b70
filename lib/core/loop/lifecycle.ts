import { Deferred } from '../base/deferred.js';
import type { Outcome, Owner } from '../protocol/drain.js';
import type { Run, RunLoop } from '../protocol/run.js';
import type { DrainStage } from './drain-stage.js';
import { FirstError } from './first-error.js';

type State = 'new' | 'open' | 'ending' | 'closing' | 'settled';

/** What the end of a loop needs of the loop. */
interface EndingLoop extends RunLoop {
  readonly run: Pick<Run, 'leave'>;
  closeChain(): void | Promise<void>;
}

/** From opening to settling. It alone knows the order of the end: close the chain, take the result, close the drain. */
export class Lifecycle<R> {
  readonly #loop: EndingLoop;
  readonly #last: DrainStage<R>;
  readonly #owner: Owner<R>;
  readonly #failure: FirstError;
  readonly #closed = new Deferred<Outcome<unknown>>();
  #state: State = 'new';
  /** What the end of the loop waits for, in words. */
  ending: string | undefined;
  #early = false;
  #closing = false;
  #drainClosed = false;

  constructor(loop: EndingLoop, last: DrainStage<R>, owner: Owner<R>) {
    this.#loop = loop;
    this.#last = last;
    this.#owner = owner;
    this.#failure = new FirstError((error) => loop.context.echoes(error));
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

  /** The input is let go before it has ended. The owner is told once the last items have gone through the drain. */
  endEarly(): void {
    this.#early = true;
  }

  /** The drain has enough. */
  async enough(): Promise<void> {
    this.#owner.endedEarly?.();
    await this.end();
  }

  /** Nothing comes for now: the drain lets go of what it has gathered, unless the loop is over. */
  quiet(): void {
    if (this.open) this.#last.drain.rest?.();
  }

  /** The chain has ended. What the drain still lets go of then may fail. */
  async end(): Promise<void> {
    this.quiet();
    if (!this.open) return;
    this.#state = 'ending';
    this.ending = 'its input to close';
    try {
      await this.#loop.closeChain();
      if (this.#state !== 'ending') return;
      this.ending = 'its result';
      const result = await this.#last.end();
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

  fail(error: unknown): void {
    if (this.#failure.known) return this.#failure.add(error);
    if (this.#over) return;
    this.#failure.add(error);
    this.#state = 'closing';
    this.#last.giveUp(error);
    this.#owner.failed?.(error);
  }

  /** Gives up without a failure. */
  cancel(): void {
    if (this.#over) return;
    this.#state = 'closing';
    this.#last.giveUp(undefined);
  }

  /** How the loop ended, once everything is closed. */
  get outcome(): Promise<Outcome<unknown>> {
    return this.#closed.promise;
  }

  get #over(): boolean {
    return this.#state === 'closing' || this.#state === 'settled';
  }

  /** No item is being moved right now: a loop that has failed or been cancelled can be closed. */
  rest(): void {
    if (this.#state === 'closing' && !this.#closing) void this.#close();
  }

  async #close(): Promise<void> {
    this.#closing = true;
    const failure = this.#failure;
    this.ending = 'its input to close';
    await failure.despite(() => this.#loop.closeChain());
    this.ending = 'its cleanup';
    await failure.despite(() => this.#closeDrain(failure.error));
    this.#settle(failure.known ? { kind: 'failed', error: failure.error } : { kind: 'cancelled' });
  }

  /** Once, also if that fails. */
  #closeDrain(error?: unknown): void | Promise<void> {
    if (this.#drainClosed) return;
    this.#drainClosed = true;
    return this.#last.close(error);
  }

  #settle(outcome: Outcome<R>): void {
    if (this.#state === 'settled') return;
    this.#state = 'settled';
    this.#loop.run.leave(this.#loop);
    this.#owner.settled(outcome);
    this.#closed.resolve(outcome);
  }
}

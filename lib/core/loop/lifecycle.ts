import { Deferred } from '../base/deferred.js';
import { FirstError } from '../base/first-error.js';
import type { Outcome, Owner } from '../protocol/drain.js';
import type { Run, RunLoop } from '../protocol/run.js';
import type { DrainStage } from './drain-stage.js';

type State = 'new' | 'open' | 'ending' | 'closing' | 'settled';

/** The part of a loop that its lifecycle needs. */
interface EndingLoop extends RunLoop {
  readonly run: Pick<Run, 'leave'>;
  closeChain(): void | Promise<void>;
}

/**
 * The states of a loop. Only this class knows the order of the end: close the chain, take the result, close the drain.
 */
export class Lifecycle<R> {
  readonly #loop: EndingLoop;
  readonly #last: DrainStage<R>;
  readonly #owner: Owner<R>;
  readonly #firstError: FirstError;
  readonly #closed = new Deferred<Outcome<unknown>>();
  #state: State = 'new';
  /** What the loop waits for in order to end, in words. */
  ending: string | undefined;
  #early = false;
  #closing = false;
  #drainClosed = false;

  constructor(loop: EndingLoop, last: DrainStage<R>, owner: Owner<R>) {
    this.#loop = loop;
    this.#last = last;
    this.#owner = owner;
    this.#firstError = new FirstError((error) => loop.context.echoes(error));
  }

  /** True while items can be moved. */
  get open(): boolean {
    return this.#state === 'open';
  }

  get settled(): boolean {
    return this.#state === 'settled';
  }

  begin(): void {
    if (this.#state === 'new') this.#state = 'open';
  }

  /** A stage has closed its input early. `owner.endedEarly` is called once the last items have passed the drain. */
  endEarly(): void {
    this.#early = true;
  }

  /** Called when the drain is done. */
  async enough(): Promise<void> {
    this.#owner.endedEarly?.();
    await this.end();
  }

  /** Called when no item is there now: the drain hands on what it has gathered, unless the loop is over. */
  restDrain(): void {
    if (this.open) this.#last.drain.rest?.();
  }

  /** Called when the chain has ended. The drain hands on what it has gathered, which may fail. */
  async end(): Promise<void> {
    this.restDrain();
    if (!this.open) return;
    this.#state = 'ending';
    this.ending = 'its input to close';
    try {
      await this.#loop.closeChain();
      if (this.#state !== 'ending') return;
      this.ending = 'its result';
      const result = await this.#last.end();
      if (this.#state !== 'ending') return;
      // Not earlier: it aborts the signal, which the drain may still need for the last items.
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
    if (this.#firstError.known) return this.#firstError.add(error);
    if (this.#over) return;
    this.#firstError.add(error);
    this.#state = 'closing';
    this.#last.giveUp(error);
    this.#owner.failed?.(error);
  }

  /** Ends the loop without a failure and without a result. */
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

  /** Called when the loop is not moving items: if it has failed or was cancelled, it is closed now. */
  rest(): void {
    if (this.#state === 'closing' && !this.#closing) void this.#close();
  }

  async #close(): Promise<void> {
    this.#closing = true;
    const firstError = this.#firstError;
    this.ending = 'its input to close';
    await firstError.despite(() => this.#loop.closeChain());
    this.ending = 'its cleanup';
    await firstError.despite(() => this.#closeDrain(firstError.error));
    this.#settle(
      firstError.known ? { kind: 'failed', error: firstError.error } : { kind: 'cancelled' },
    );
  }

  /** Closes the drain once, even if that fails. */
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

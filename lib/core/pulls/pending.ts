import type { LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { awaitWithinGrace, throwUnlessEcho } from './grace-period.js';

type State = 'free' | 'busy' | 'done' | 'failed' | 'closed';

/**
 * The promise that a pull waits for. When it settles, the host is woken, and the next pull takes the outcome by `take`.
 */
export class Pending<T> {
  readonly #host: Host;
  readonly #context: LazyContext;
  /** When the pull last began to wait, in ms. */
  #since = 0;
  #state: State = 'free';
  #outcome: unknown;
  #promise: Promise<T> | undefined;
  #closing: Promise<void> | undefined;
  /** Made once, for all promises of this pull. */
  #done: ((value: unknown) => void) | undefined;
  #failed: ((error: unknown) => void) | undefined;

  /** `context`: that of the code which settles the promise. */
  constructor(host: Host, context = host.context) {
    this.#host = host;
    this.#context = context;
  }

  get free(): boolean {
    return this.#state === 'free';
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  /** Reports the wait. `what` names the promise in words. */
  waits(what: string): readonly WaitReport[] {
    return this.busy ? [{ what, since: this.#since }] : NO_WAITS;
  }

  start(promise: PromiseLike<T>): void {
    this.#done ??= (value) => this.#settle('done', value);
    this.#failed ??= (error) => this.#settle('failed', error);
    // `Promise.resolve`, because some thenables call back synchronously, or do not behave like a promise.
    this.#promise = Promise.resolve(promise);
    this.#promise.then(this.#done, this.#failed);
    this.#since = this.#host.waiting();
    this.#state = 'busy';
  }

  /** Returns the value, or throws what the promise rejected with. */
  take(): T {
    const failed = this.#state === 'failed';
    const outcome = this.#outcome;
    this.#state = 'free';
    this.#outcome = undefined;
    if (failed) throw outcome;
    return outcome as T;
  }

  #settle(state: State, outcome: unknown): void {
    this.#promise = undefined;
    if (this.#state === 'closed') return;
    this.#state = state;
    this.#outcome = outcome;
    this.#host.arrived();
    this.#host.wake();
  }

  /** The outcome will not be taken any more. Returns the promise, if it has not settled yet. */
  abandon(): Promise<T> | undefined {
    const state = this.#state;
    this.#state = 'closed';
    if (state === 'failed') throwUnlessEcho(this.#outcome, this.#context);
    if (state !== 'busy') return undefined;
    this.#host.arrived();
    return this.#promise;
  }

  /** As `abandon`; the first call waits for the promise, up to the grace period. */
  close(): void | Promise<void> {
    const promise = this.abandon();
    if (promise) this.#closing = awaitWithinGrace(promise, this.#context);
    return this.#closing;
  }
}

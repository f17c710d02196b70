import type { LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { awaitWithinGrace, throwUnlessEcho } from './grace-period.js';

type State = 'free' | 'busy' | 'done' | 'failed' | 'closed';

/** The one promise that something in a host waits for. Its outcome wakes the host and is taken at the next pull. */
export class Pending<T> {
  readonly #host: Host;
  readonly #context: LazyContext;
  /** When it last began to wait, in ms. */
  #since = 0;
  #state: State = 'free';
  #outcome: unknown;
  #promise: Promise<T> | undefined;
  #closing: Promise<void> | undefined;
  /** Made once: only one promise is waited for at a time. */
  #done: ((value: unknown) => void) | undefined;
  #failed: ((error: unknown) => void) | undefined;

  /** `context`: what whoever is to settle the promise was called with. */
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

  /** What it waits for, in the words of whoever has it. */
  waits(what: string): readonly WaitReport[] {
    return this.busy ? [{ what, since: this.#since }] : NO_WAITS;
  }

  start(promise: PromiseLike<T>): void {
    this.#done ??= (value) => this.#settle('done', value);
    this.#failed ??= (error) => this.#settle('failed', error);
    // Through a promise of our own kind: some thenables call back at once, or not at all like one.
    this.#promise = Promise.resolve(promise);
    this.#promise.then(this.#done, this.#failed);
    this.#since = this.#host.waiting();
    this.#state = 'busy';
  }

  /** The value; throws what the promise rejected with. */
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

  /** The outcome will not be taken any more. Answers the promise, if it has still to settle. */
  abandon(): Promise<T> | undefined {
    const state = this.#state;
    this.#state = 'closed';
    if (state === 'failed') throwUnlessEcho(this.#outcome, this.#context);
    if (state !== 'busy') return undefined;
    this.#host.arrived();
    return this.#promise;
  }

  /** The same, and waits for it, once: see `lingerFor`. */
  close(): void | Promise<void> {
    const promise = this.abandon();
    if (promise) this.#closing = awaitWithinGrace(promise, this.#context);
    return this.#closing;
  }
}

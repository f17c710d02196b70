import type { LazyContext } from '../protocol/context.js';
import { closeNamed } from './close.js';
import { awaitWithinGrace } from './grace-period.js';

interface AnswerLoop {
  readonly context: LazyContext;
  fail(error: unknown): void;
  refusal(error: unknown, item: unknown): unknown;
}

/** Waits for a drain's promise of the answer to an item, one at a time. */
export class PendingAnswer<T> {
  readonly #loop: AnswerLoop;
  readonly #take: (answer: T) => void;
  #item: unknown;
  #promise: Promise<T> | undefined;
  #closing: void | Promise<void> = undefined;
  #closed = false;
  readonly #onAnswer = (answer: T): void => {
    const item = this.#item;
    this.#item = undefined;
    this.#promise = undefined;
    try {
      this.#take(answer);
    } catch (error) {
      this.#loop.fail(this.#loop.refusal(error, item));
    }
  };
  readonly #onFailure = (error: unknown): void => {
    if (!this.#closed) this.#loop.fail(this.#loop.refusal(error, this.#item));
  };

  constructor(loop: AnswerLoop, take: (answer: T) => void) {
    this.#loop = loop;
    this.#take = take;
  }

  start(promise: PromiseLike<T>, item: unknown): void {
    this.#item = item;
    this.#promise = Promise.resolve(promise);
    this.#promise.then(this.#onAnswer, this.#onFailure);
  }

  /** The answer is no longer wanted. The first call waits for the promise, up to the grace period. */
  close(): void | Promise<void> {
    const promise = this.#promise;
    if (promise && !this.#closed) {
      const close = () => awaitWithinGrace(promise, this.#loop.context);
      this.#closing = closeNamed({ close }, (error) => this.#loop.refusal(error, this.#item));
    }
    this.#closed = true;
    return this.#closing;
  }
}

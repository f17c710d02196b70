import { type Ack, answerAll } from './ack.js';

interface Asker {
  readonly acks: readonly Ack[] | undefined;
  unblock(): void;
  fail(error: unknown): void;
  refusal(error: unknown, item: unknown): unknown;
}

/** Waits for a promise that a drain has answered with, one at a time. */
export class Answering {
  readonly #loop: Asker;
  #item: unknown;
  readonly #told = (answer: unknown): void => {
    this.#item = undefined;
    answerAll(this.#loop.acks, answer);
    this.#loop.unblock();
  };
  readonly #failed = (error: unknown): void => {
    this.#loop.fail(this.#loop.refusal(error, this.#item));
  };

  constructor(loop: Asker) {
    this.#loop = loop;
  }

  start(promise: PromiseLike<unknown>, item: unknown): void {
    this.#item = item;
    Promise.resolve(promise).then(this.#told, this.#failed);
  }
}

import { Deferred } from '../../core/base/deferred.js';

type Step = IteratorResult<unknown, undefined>;

/** Gives the items of a loop to a user's function as an async iterable. Each `next()` waits here for its item. */
export class Reader implements AsyncIterableIterator<unknown, undefined> {
  readonly #asked: () => void;
  readonly #left: () => void | Promise<void>;
  readonly #requests: Deferred<Step>[] = [];
  #over = false;
  #failure: { readonly error: unknown } | undefined;

  /** `asked` is called when an item is wanted, `left` when the function wants no more. */
  constructor(asked: () => void, left: () => void | Promise<void>) {
    this.#asked = asked;
    this.#left = left;
  }

  get wanted(): boolean {
    return this.#requests.length > 0;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Step> {
    if (this.#over) return this.#last();
    const request = new Deferred<Step>();
    this.#requests.push(request);
    this.#asked();
    return request.promise;
  }

  /** The error is reported by one `next()` only. */
  #last(): Promise<Step> {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) return Promise.reject(failure.error);
    return Promise.resolve({ done: true, value: undefined });
  }

  async return(): Promise<Step> {
    this.end();
    await this.#left();
    return { done: true, value: undefined };
  }

  give(item: unknown): void {
    this.#requests.shift()?.resolve({ done: false, value: item });
  }

  end(): void {
    this.#over = true;
    for (const { resolve } of this.#requests.splice(0)) resolve({ done: true, value: undefined });
  }

  /**
   * Ends the reading with an error, so that the function does not take a failure for the end: pending calls of `next()`
   * reject, or else the following one does.
   */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.wanted) this.#failure = { error };
    for (const { promise, reject } of this.#requests.splice(0)) {
      // The function may have asked in advance and never await this promise.
      promise.catch(() => {});
      reject(error);
    }
  }
}

type Step = IteratorResult<unknown, undefined>;

interface Request {
  readonly resolve: (step: Step) => void;
  readonly reject: (error: unknown) => void;
}

/** The items of a loop as an async iterable for a user's function: what he asks for waits here until it is there. */
export class Reader implements AsyncIterableIterator<unknown, undefined> {
  readonly #asked: () => void;
  readonly #left: () => void | Promise<void>;
  readonly #requests: Request[] = [];
  #over = false;

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
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#requests.push({ resolve, reject });
      this.#asked();
    });
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

  fail(error: unknown): void {
    this.#over = true;
    for (const { reject } of this.#requests.splice(0)) reject(error);
  }
}

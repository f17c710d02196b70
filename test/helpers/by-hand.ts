/** An input controlled by a test: it emits items, ends or fails when told to. */
export class ByHand<T> implements AsyncIterableIterator<T> {
  closed = false;
  readonly #items: T[] = [];
  #over: (() => void) | undefined;
  #look: (() => void) | undefined;

  give(...items: T[]): void {
    this.#items.push(...items);
    this.#look?.();
  }

  end(): void {
    this.#over = () => {};
    this.#look?.();
  }

  fail(error: unknown): void {
    this.#over = () => {
      throw error;
    };
    this.#look?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    while (this.#items.length === 0 && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
    if (this.#items.length > 0) return { done: false, value: this.#items.shift() as T };
    this.#over?.();
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.closed = true;
    return { done: true, value: undefined };
  }
}

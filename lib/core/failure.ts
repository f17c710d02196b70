import { suppress } from './errors.js';

/** What a loop fails with is the first that goes wrong; whatever else does is suppressed by it. */
export class Failure {
  #first: { readonly error: unknown } | undefined;

  get known(): boolean {
    return this.#first !== undefined;
  }

  get error(): unknown {
    return this.#first?.error;
  }

  add(error: unknown): void {
    if (this.#first) suppress(this.#first.error, error);
    else this.#first = { error };
  }

  /** Does it, and goes on whatever comes of it. */
  async despite(act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.add(error);
    }
  }
}

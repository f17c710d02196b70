import { suppress } from '../base/errors.js';

/** What a loop fails with is the first that goes wrong; whatever else does is suppressed by it. */
export class FirstError {
  readonly #echoes: (error: unknown) => boolean;
  #first: { readonly error: unknown } | undefined;

  /** `echoes`: whether an error only says that somebody has heard of the first. */
  constructor(echoes: (error: unknown) => boolean = () => false) {
    this.#echoes = echoes;
  }

  get known(): boolean {
    return this.#first !== undefined;
  }

  get error(): unknown {
    return this.#first?.error;
  }

  add(error: unknown): void {
    if (!this.#first) this.#first = { error };
    else if (!this.#echoes(error)) suppress(this.#first.error, error);
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

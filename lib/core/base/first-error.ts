import { isPrematureClose, suppress } from './suppress.js';

/**
 * Collects errors of which the first one counts; all others are suppressed by it. The premature close of a stream gives
 * way to any other error, as in Node's `pipeline`: it is mostly the effect of a failure elsewhere.
 */
export class FirstError {
  readonly #echoes: (error: unknown) => boolean;
  #first: { readonly error: unknown } | undefined;

  /** `echoes`: whether an error only repeats that the signal has aborted. Such an error is ignored. */
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
    if (!this.#first || (isPrematureClose(this.#first.error) && !isPrematureClose(error)))
      this.#first = { error };
    else if (!this.#echoes(error)) suppress(this.#first.error, error);
  }

  throwIfAny(): void {
    if (this.#first) throw this.#first.error;
  }

  /** Calls `act` and waits for it; an error is added instead of thrown. */
  async despite(act: () => unknown): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.add(error);
    }
  }
}

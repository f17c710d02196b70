import { suppress } from '../../core/base/errors.js';

/** The error that a run ends with, though all that came before it is finished and written first. */
export class DeferredFailure {
  #first: { readonly error: unknown } | undefined;

  note(error: unknown): void {
    if (this.#first) suppress(this.#first.error, error);
    else this.#first = { error };
  }

  throwIfAny(): void {
    if (this.#first) throw this.#first.error;
  }
}

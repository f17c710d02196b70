import { suppress } from '../../core/base/suppress.js';

/** An error with which a run ends, after the items before it are finished and written. */
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

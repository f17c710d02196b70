import type { Context } from './run.js';

/** The context of one function of the run: its signal also aborts when nobody wants the function's items any more. */
export class OwnContext implements Context {
  readonly #run: Context;
  readonly #controller = new AbortController();
  #signal: AbortSignal | undefined;

  constructor(run: Context) {
    this.#run = run;
  }

  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.any([this.#run.signal, this.#controller.signal]);
    return this.#signal;
  }

  abort(): void {
    this.#controller.abort();
  }
}

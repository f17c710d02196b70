import type { Context } from './run.js';

/** Makes its signal only when somebody reads it: most callbacks never do. */
export class LazyContext implements Context {
  #controller: AbortController | undefined;
  #over = false;
  #reason: unknown;

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#over) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}

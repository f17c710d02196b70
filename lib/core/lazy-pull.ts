import type { Pull, Pulled } from './pull.js';
import { NOTHING, type Wait } from './wait.js';

/** Opens when its first item is wanted: what is never read is never made. */
export class LazyPull<T> implements Pull<T> {
  readonly #open: () => Pull<T>;
  #opened: Pull<T> | undefined;

  constructor(open: () => Pull<T>) {
    this.#open = open;
  }

  pull(): Pulled<T> {
    this.#opened ??= this.#open();
    return this.#opened.pull();
  }

  waits(): readonly Wait[] {
    return this.#opened?.waits?.() ?? NOTHING;
  }

  close(): void | Promise<void> {
    return this.#opened?.close();
  }
}

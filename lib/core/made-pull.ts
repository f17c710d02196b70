import { closeTold } from './close-all.js';
import type { Host } from './host.js';
import { type Context, LazyContext } from './lazy-context.js';
import { END, type Pull, type Pulled } from './pull.js';
import { NOTHING, type Wait } from './wait.js';

type Make = (context: Context) => Pull<unknown>;

/** Pulls from what a function makes, which is called when its first item is wanted. */
export class MadePull implements Pull<unknown> {
  readonly #make: Make;
  readonly #context: LazyContext;
  #made: Pull<unknown> | undefined;
  #ended = false;

  constructor(make: Make, host: Host) {
    this.#make = make;
    this.#context = new LazyContext(host.context);
  }

  pull(): Pulled<unknown> {
    this.#made ??= this.#make(this.#context);
    const item = this.#made.pull();
    if (item === END) this.#ended = true;
    return item;
  }

  waits(): readonly Wait[] {
    return this.#made?.waits?.() ?? NOTHING;
  }

  /** A function in the middle of something can't be interrupted, only told. */
  close(): void | Promise<void> {
    if (!this.#ended) this.#context.abort();
    return this.#made && closeTold(this.#made, this.#context.echoes);
  }
}

import { type Context, LazyContext } from '../protocol/context.js';
import type { Host } from '../protocol/host.js';
import { END, type Pull, type Pulled } from '../protocol/pull.js';
import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import { closeIgnoring } from './close.js';

/** Opens a pull when its first item is wanted. A source that is never read is never opened. */
export class LazyPull<T> implements Pull<T> {
  readonly #open: () => Pull<T>;
  protected opened: Pull<T> | undefined;

  constructor(open: () => Pull<T>) {
    this.#open = open;
  }

  pull(): Pulled<T> {
    this.opened ??= this.#open();
    return this.opened.pull();
  }

  waits(): readonly WaitReport[] {
    return this.opened?.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.opened?.close();
  }
}

/** Pulls from the items that a user's function makes. The function gets a context of its own. */
export class ContextPull extends LazyPull<unknown> {
  readonly #context: LazyContext;
  #ended = false;

  constructor(make: (context: Context) => Pull<unknown>, host: Host) {
    const context = new LazyContext(host.context);
    super(() => make(context));
    this.#context = context;
  }

  override pull(): Pulled<unknown> {
    const item = super.pull();
    if (item === END) this.#ended = true;
    return item;
  }

  /** A running function can't be interrupted, only told by its signal. */
  override close(): void | Promise<void> {
    if (!this.#ended) this.#context.abort();
    return this.opened && closeIgnoring(this.opened, this.#context.echoes);
  }
}

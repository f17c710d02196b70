import type { Pull, Pulled } from '../core/pull.js';
import { sizeOf } from '../core/size-of.js';
import { NOTHING, type Wait } from '../core/wait.js';
import type { Row } from './row.js';

/** Stands for a stream of bytes that is read: adds up how many. */
export class WeighedPull implements Pull<unknown> {
  readonly #pull: Pull<unknown>;
  #bytes = 0;

  constructor(pull: Pull<unknown>, row: Row) {
    this.#pull = pull;
    row.bytesOut = () => this.#bytes;
  }

  pull(): Pulled<unknown> {
    const item = this.#pull.pull();
    if (typeof item !== 'symbol') this.#bytes += sizeOf(item);
    return item;
  }

  waits(): readonly Wait[] {
    return this.#pull.waits?.() ?? NOTHING;
  }

  close(): void | Promise<void> {
    return this.#pull.close();
  }
}

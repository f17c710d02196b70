import { byteLength } from '../../core/base/byte-length.js';
import type { Pull, Pulled } from '../../core/protocol/pull.js';
import { NO_WAITS, type WaitReport } from '../../core/stall/wait-report.js';
import type { Row } from './row.js';

/** Wraps the pull of a stream of bytes, and counts the bytes. */
export class WeighedPull implements Pull<unknown> {
  readonly #pull: Pull<unknown>;
  #bytes = 0;

  constructor(pull: Pull<unknown>, row: Row) {
    this.#pull = pull;
    row.bytesOut = () => this.#bytes;
  }

  pull(): Pulled<unknown> {
    const item = this.#pull.pull();
    if (typeof item !== 'symbol') this.#bytes += byteLength(item);
    return item;
  }

  waits(): readonly WaitReport[] {
    return this.#pull.waits?.() ?? NO_WAITS;
  }

  close(): void | Promise<void> {
    return this.#pull.close();
  }
}

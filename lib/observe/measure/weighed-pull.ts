import { byteLength } from '../../core/base/byte-length.js';
import type { Pull, Pulled } from '../../core/protocol/pull.js';
import { ForwardingPull } from '../../core/pulls/forwarding-pull.js';
import type { Row } from './row.js';

/** Wraps the pull of a stream of bytes, and counts the bytes. */
export class WeighedPull extends ForwardingPull<unknown> {
  #bytes = 0;

  constructor(pull: Pull<unknown>, row: Row) {
    super(pull);
    row.bytesOut = () => this.#bytes;
  }

  pull(): Pulled<unknown> {
    const item = this.source.pull();
    if (typeof item !== 'symbol') this.#bytes += byteLength(item);
    return item;
  }
}

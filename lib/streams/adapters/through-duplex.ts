import type { StageRef } from '../../core/base/errors.js';
import { Loop } from '../../core/loop/loop.js';
import type { Drain } from '../../core/protocol/drain.js';
import type { Host } from '../../core/protocol/host.js';
import type { Opener } from '../../core/protocol/link.js';
import type { Pull, Pulled } from '../../core/protocol/pull.js';
import { closeAll } from '../../core/pulls/close.js';
import { ForwardingPull } from '../../core/pulls/forwarding-pull.js';
import { cutShort } from './stream-errors.js';

/** The two sides of a part in the middle that is written to and read from. */
export interface Sides {
  readonly reading: Pull<unknown>;
  readonly writing: Drain;
}

/** A loop of its own writes the items into a part in the middle, and the next segment reads from it. */
export class DuplexPull extends ForwardingPull<unknown> {
  readonly #writing: Loop;

  constructor({ reading, writing }: Sides, upstream: Opener, host: Host, ref: StageRef) {
    super(reading);
    this.#writing = new Loop(host.run, upstream, writing, ref, {
      failed: (error) => this.#failed(host, error),
      // A failure while closing has not been reported yet.
      settled: (outcome) => {
        if (outcome.kind === 'failed') this.#failed(host, outcome.error);
      },
    });
    this.#writing.open();
  }

  #failed(host: Host, error: unknown): void {
    if (!cutShort(host, error)) host.fail(error);
  }

  /** Nothing is written before the first item is wanted. */
  pull(): Pulled<unknown> {
    this.#writing.wake();
    return this.source.pull();
  }

  /** Both at once, so that neither side takes the end of the other for a failure. */
  override close(): void | Promise<void> {
    const close = async (): Promise<void> => {
      await this.#writing.cancel();
    };
    return closeAll([{ close }, this.source]);
  }
}

import { PassThrough } from 'node:stream';
import type { Drain } from '../core/protocol/drain.js';
import { WAIT } from '../core/protocol/pull.js';

interface Branch {
  /** How many items may wait for the branch. */
  readonly buffer: number;
  /** True if items that wait for the branch may be dropped. */
  readonly drops: boolean;
}

/**
 * The `PassThrough` through which a branch hands items to a stream of the user's. Its buffer is that of the branch: what
 * it holds waits for the branch.
 */
export class BranchThrough {
  readonly #stream: PassThrough;
  readonly #drops: boolean;
  /** Called when an item has gone on. */
  passed: () => void = () => {};

  constructor({ buffer, drops }: Branch) {
    this.#stream = new PassThrough({ objectMode: true, highWaterMark: buffer || 1 });
    this.#drops = drops;
  }

  /** While its readable side is full, the last item that came there is still counted by the writable side, too. */
  get held(): number {
    const { readableLength, readableHighWaterMark, writableLength } = this.#stream;
    const twice = writableLength > 0 && readableLength >= readableHighWaterMark ? 1 : 0;
    return readableLength + writableLength - twice;
  }

  /** Puts the stream before the streams that a drain writes to. */
  before(drain: Drain): Drain {
    const through = drain.behind?.([this.#stream]) ?? drain;
    const take = through.take as (...args: Parameters<Drain['take']>) => unknown;
    const stream = this.#stream;
    return {
      ...through,
      open: (loop, ref) => {
        const opened = through.open?.(loop, ref);
        const unblock = (): void => loop.unblock();
        // Behind the listener of `pipe`, so that the item is with the next stream when another one is put in.
        stream.on('data', () => {
          this.passed();
          if (this.#drops && this.held === 0) loop.run.within(unblock);
        });
        return opened;
      },
      take: (item, context) => {
        const answer = take(item, context);
        // What is in the stream can't be dropped any more, so it is given one item at a time.
        return this.#drops && this.held > 0 ? WAIT : answer;
      },
    };
  }
}

import { finished, type Writable } from 'node:stream';
import { ClosedError } from '../../core/base/errors.js';
import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { WAIT } from '../../core/protocol/pull.js';
import type { Run } from '../../core/protocol/run.js';
import { Burst } from './burst.js';
import { destroyed } from './destroyed.js';
import { afterCause } from './stream-errors.js';

const isStdio = (stream: Writable): boolean =>
  stream === process.stdout || stream === process.stderr;

/** Makes a drain of a user's writable stream. Its errors are not wrapped; `end: false` leaves the stream open. */
export function writeStream(stream: Writable, end = true): Drain<unknown, void> {
  const keep = !end || isStdio(stream);
  const written = new Written();
  const burst = Burst.of(stream);
  let watch: Watch | undefined;
  let run: Run | undefined;
  return {
    name: stream.constructor.name,
    transparent: true,
    bytes: !stream.writableObjectMode,
    open: (loop) => {
      watch = new Watch(stream, loop);
      run = loop.run;
      run.written.set(stream, 'open');
    },
    take: (item) => {
      burst?.begin();
      const ready = keep ? written.write(stream, item) : stream.write(item);
      if (ready) return undefined;
      burst?.end();
      return WAIT;
    },
    waits: () => [
      {
        what: 'the stream to take more',
        held: stream.writableLength,
        unit: stream.writableObjectMode ? 'items' : 'bytes',
      },
    ],
    end: () => (keep ? written.all() : watch?.end()),
    close: async (error) => {
      // Items that were written before a failure must still go out.
      burst?.end();
      const left = run?.written.get(stream) === 'left';
      run?.written.delete(stream);
      if (!keep && (left || !watch?.done)) await destroyed(stream, error);
      watch?.stop();
    },
  };
}

/** Watches one stream for one loop, and removes its listeners at the end. */
class Watch {
  readonly stop: () => void;
  readonly #stream: Writable;
  readonly #done: Promise<void>;
  done = false;
  #ended = false;

  constructor(stream: Writable, loop: DrainHost) {
    this.#stream = stream;
    const unblock = () => loop.unblock();
    const drained = () => loop.run.within(unblock);
    let unwatch: () => void = () => {};
    this.#done = new Promise((resolve) => {
      const fail = (error: unknown) => loop.fail(error);
      const report = afterCause((error) => {
        if (!error && this.#ended) this.done = true;
        else loop.run.within(fail, error ?? new ClosedError(stream.constructor.name));
        resolve();
      });
      unwatch = finished(stream, { readable: false }, report);
    });
    stream.on('drain', drained);
    this.stop = () => {
      stream.off('drain', drained);
      unwatch();
    };
  }

  end(): Promise<void> {
    this.#ended = true;
    this.#stream.end();
    return this.#done;
  }
}

/** Counts unfinished writes: a stream that stays open has no other way to say that all is written. */
class Written {
  #pending = 0;
  #done: (() => void) | undefined;

  write(stream: Writable, item: unknown): boolean {
    this.#pending += 1;
    return stream.write(item, this.#count);
  }

  readonly #count = (): void => {
    this.#pending -= 1;
    if (this.#pending === 0) this.#done?.();
  };

  all(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve;
      if (this.#pending === 0) resolve();
    });
  }
}

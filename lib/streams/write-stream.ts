import { finished, type Writable } from 'node:stream';
import type { Drain } from '../core/drain.js';
import type { Loop } from '../core/loop.js';
import { WAIT } from '../core/pull.js';
import { destroyed } from './destroyed.js';

const isStdio = (stream: Writable): boolean =>
  stream === process.stdout || stream === process.stderr;

/** A writable stream of the user's as a drain. Its errors keep their identity; `end: false` leaves it open. */
export function writeStream(stream: Writable, end = true): Drain<unknown, void> {
  const keep = !end || isStdio(stream);
  let watch: Watch | undefined;
  return {
    name: stream.constructor.name,
    transparent: true,
    open: (loop) => {
      watch = new Watch(stream, loop);
    },
    take: (item) => (stream.write(item) ? undefined : WAIT),
    end: () => (keep ? flushed(stream) : watch?.end()),
    close: async (error) => {
      if (!keep && watch && !watch.done) await destroyed(stream, error);
      watch?.stop();
    },
  };
}

/** Follows one stream for one loop, and leaves no listener behind. */
class Watch {
  readonly stop: () => void;
  readonly #stream: Writable;
  readonly #done: Promise<void>;
  done = false;

  constructor(stream: Writable, loop: Loop) {
    this.#stream = stream;
    const drained = () => loop.unblock();
    let unwatch: () => void = () => {};
    this.#done = new Promise((resolve) => {
      unwatch = finished(stream, { readable: false }, (error) => {
        if (error) loop.fail(error);
        else this.done = true;
        resolve();
      });
    });
    stream.on('drain', drained);
    this.stop = () => {
      stream.off('drain', drained);
      unwatch();
    };
  }

  end(): Promise<void> {
    this.#stream.end();
    return this.#done;
  }
}

/** Resolves when everything written so far has been handed to the system. */
function flushed(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    if (stream.writableLength === 0) resolve();
    else stream.write('', (error) => (error ? reject(error) : resolve()));
  });
}

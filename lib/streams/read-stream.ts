import { finished, type Readable } from 'node:stream';
import type { Origin } from '../core/chain.js';
import type { Host } from '../core/host.js';
import { END, type Pull, type Pulled, WAIT } from '../core/pull.js';
import type { Wait } from '../core/wait.js';
import { afterCause } from './after-cause.js';
import { cutShort } from './cut-short.js';
import { destroyed } from './destroyed.js';

/** A readable stream of the user's as an origin. Its errors keep their identity. */
export function readStream(stream: Readable): Origin {
  return {
    name: stream.constructor.name,
    transparent: true,
    open: (host) => new StreamPull(stream, host),
  };
}

interface Reading {
  /** Whoever owns the whole of a duplex stream waits for both of its sides. */
  readonly whole?: boolean;
  /** Hears of a failure at once. */
  readonly told?: (error: Error) => void;
}

/** Pulls by `read()`: a run of buffered items costs no event. */
export class StreamPull implements Pull<unknown> {
  readonly #stream: Readable;
  readonly #host: Host;
  readonly #stopWatching: () => void;
  readonly #finished: Promise<void>;
  #state: 'open' | 'ended' | 'failed' | 'closed' = 'open';
  #error: unknown;
  #running = false;
  readonly #wakeHost = () => this.#host.wake();
  #waiting = false;
  readonly #whole: boolean;
  #closing: Promise<void> | undefined;

  constructor(stream: Readable, host: Host, options: Reading = {}) {
    // Not only when pulled: whoever waits for another input has to hear of it too.
    const { whole = false, told = (error) => host.fail(error) } = options;
    this.#stream = stream;
    this.#host = host;
    this.#whole = whole;
    const wake = () => this.#wake();
    const ended = () => {
      if (this.#state === 'open') this.#state = 'ended';
      this.#wake();
    };
    stream.on('readable', wake);
    stream.once('end', ended);
    let unwatch: () => void = () => {};
    this.#finished = new Promise((resolve) => {
      const report = afterCause((error) => {
        const failed = error && !cutShort(host, error);
        if (failed && this.#state === 'open') {
          this.#state = 'failed';
          this.#error = error;
          host.run.within(told, error);
        }
        if (!failed) ended();
        this.#wake();
        resolve();
      });
      unwatch = finished(stream, { writable: whole }, report);
    });
    this.#stopWatching = () => {
      stream.off('readable', wake);
      stream.off('end', ended);
      unwatch();
    };
  }

  pull(): Pulled<unknown> {
    if (this.#state === 'failed') throw this.#error;
    const stream = this.#stream;
    // Taking the only item of a stream that makes them synchronously would schedule an event for each.
    if (this.#running && stream.readableLength === 0) stream.read(0);
    const item: unknown = stream.read();
    this.#running = item !== null;
    if (this.#running) return item;
    if (this.#state === 'ended') return END;
    if (!this.#waiting) {
      this.#waiting = true;
      this.#host.waiting();
    }
    return WAIT;
  }

  waits(): readonly Wait[] {
    const { readableLength: held, readableObjectMode } = this.#stream;
    const what = this.#waiting ? 'the stream to give something' : undefined;
    return [{ what, held, unit: readableObjectMode ? 'items' : 'bytes' }];
  }

  #wake(): void {
    if (this.#waiting) {
      this.#waiting = false;
      this.#host.arrived();
    }
    this.#host.run.within(this.#wakeHost);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** A stream that has ended closes itself; any other is destroyed. */
  async #close(): Promise<void> {
    const ended = this.#state === 'ended';
    this.#state = 'closed';
    if (ended) await this.#finished;
    else if (!this.#leave()) await destroyed(this.#stream);
    this.#stopWatching();
  }

  /** A socket that the run also writes into has still to take what is held; what comes meanwhile is dropped. */
  #leave(): boolean {
    const { written } = this.#host.run;
    if (this.#whole || !written.has(this.#stream)) return false;
    written.set(this.#stream, 'left');
    this.#stopWatching();
    this.#stream.resume();
    return true;
  }
}

import { finished, type Readable } from 'node:stream';
import type { Host } from '../../core/protocol/host.js';
import type { Origin } from '../../core/protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import type { WaitReport } from '../../core/stall/wait-report.js';
import { destroyed } from './destroyed.js';
import { afterCause, cutShort } from './stream-errors.js';

/** A readable stream of the user's as an origin. Its errors keep their identity. */
export function readStream(stream: Readable): Origin {
  return {
    name: stream.constructor.name,
    transparent: true,
    bytes: !stream.readableObjectMode,
    open: (host) => new StreamPull(stream, host),
  };
}

interface Reading {
  /** Whoever owns the whole of a duplex stream waits for both of its sides. */
  readonly whole?: boolean;
  /** A callback's answer: what it fails with is told to whoever pulls, as it is not closed again after its end. */
  readonly made?: boolean;
}

/** Pulls by `read()`: a run of buffered items costs no event. */
export class StreamPull implements Pull<unknown> {
  readonly #stream: Readable;
  readonly #host: Host;
  readonly #stopWatching: () => void;
  readonly #finished: Promise<unknown>;
  #state: 'open' | 'ended' | 'failed' | 'closed' = 'open';
  #error: unknown;
  #running = false;
  readonly #wakeHost = () => this.#host.wake();
  #waiting = false;
  #since = 0;
  readonly #whole: boolean;
  #closing: Promise<void> | undefined;
  constructor(stream: Readable, host: Host, options: Reading = {}) {
    // Not only when pulled: whoever waits for another input has to hear of it too.
    const { whole = false, made = false } = options;
    this.#stream = stream;
    this.#host = host;
    this.#whole = whole;
    const wake = () => this.#wake();
    const ended = () => {
      if (this.#state === 'open') this.#state = 'ended';
      this.#wake();
    };
    stream.on('readable', wake);
    if (!made) stream.once('end', ended);
    const fail = (error: Error) => host.fail(error);
    let unwatch: () => void = () => {};
    this.#finished = new Promise((resolve) => {
      const report = afterCause((error) => {
        if (!error || this.#harmless(error)) ended();
        else if (this.#state !== 'closed') {
          this.#state = 'failed';
          this.#error = error;
          if (!made) host.run.within(fail, error);
        }
        this.#wake();
        resolve(error);
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
      this.#since = this.#host.waiting();
    }
    return WAIT;
  }

  waits(): readonly WaitReport[] {
    const { readableLength: held, readableObjectMode } = this.#stream;
    const what = this.#waiting ? 'the stream to give something' : undefined;
    return [{ what, since: this.#since, held, unit: readableObjectMode ? 'items' : 'bytes' }];
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

  /** A stream that has ended closes itself; any other is destroyed. Either may fail. */
  async #close(): Promise<void> {
    const state = this.#state;
    this.#state = 'closed';
    if (state !== 'ended' && this.#leave()) return;
    const error = await (state === 'ended' ? this.#finished : destroyed(this.#stream));
    this.#stopWatching();
    if (error && state !== 'failed' && !this.#harmless(error)) throw error;
  }

  /** Some of Node's streams say that they have not ended when they are destroyed, or when only half of them has. */
  #harmless(error: unknown): boolean {
    return cutShort(this.#host, error) || (this.#state !== 'open' && isCut(error));
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

function isCut(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ABORT_ERR' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

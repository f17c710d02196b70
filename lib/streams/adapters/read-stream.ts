import { finished, type Readable } from 'node:stream';
import type { Host } from '../../core/protocol/host.js';
import type { Origin } from '../../core/protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import type { WaitReport } from '../../core/stall/wait-report.js';
import { destroyed } from './destroyed.js';
import { afterCause, cutShort } from './stream-errors.js';

/** Makes an origin of a user's readable stream. Its errors are not wrapped. */
export function readStream(stream: Readable): Origin {
  return {
    name: stream.constructor.name,
    transparent: true,
    bytes: !stream.readableObjectMode,
    open: (host) => new StreamPull(stream, host),
  };
}

interface Reading {
  /** True for a duplex stream within the pipeline: it is finished when both of its sides are. */
  readonly ownsBothSides?: boolean;
  /** True for a stream that a callback returned: `pull` throws its error, as it is not closed again after its end. */
  readonly fromCallback?: boolean;
}

/** Pulls by `read()`, so buffered items need no event each. */
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
  readonly #ownsBothSides: boolean;
  #closing: Promise<void> | undefined;
  constructor(stream: Readable, host: Host, options: Reading = {}) {
    // The stream is watched from the start: its failure is reported even while the host waits for another input.
    const { ownsBothSides = false, fromCallback = false } = options;
    this.#stream = stream;
    this.#host = host;
    this.#ownsBothSides = ownsBothSides;
    const wake = () => this.#wake();
    const ended = () => {
      if (this.#state === 'open') this.#state = 'ended';
      this.#wake();
    };
    stream.on('readable', wake);
    if (!fromCallback) stream.once('end', ended);
    const fail = (error: Error) => host.fail(error);
    let unwatch: () => void = () => {};
    this.#finished = new Promise((resolve) => {
      const report = afterCause((error) => {
        if (!error || this.#harmless(error)) ended();
        else if (this.#state !== 'closed') {
          this.#state = 'failed';
          this.#error = error;
          if (!fromCallback) host.run.within(fail, error);
        }
        this.#wake();
        resolve(error);
      });
      unwatch = finished(stream, { writable: ownsBothSides }, report);
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
    // Fills the buffer first: a stream that makes its items synchronously would otherwise schedule an event for each.
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
    if (state !== 'ended' && this.#leaveToWriter()) return;
    const error = await (state === 'ended' ? this.#finished : destroyed(this.#stream));
    this.#stopWatching();
    if (error && state !== 'failed' && !this.#harmless(error)) throw error;
  }

  /**
   * Some streams of Node report a premature close when they are destroyed, or when only one of their sides has ended.
   */
  #harmless(error: unknown): boolean {
    return cutShort(this.#host, error) || (this.#state !== 'open' && isEarlyEnd(error));
  }

  /**
   * A stream that the run also writes to, such as a socket, is closed by the writer. Until then it is read and dropped.
   */
  #leaveToWriter(): boolean {
    const { written } = this.#host.run;
    if (this.#ownsBothSides || !written.has(this.#stream)) return false;
    written.set(this.#stream, 'left');
    this.#stopWatching();
    this.#stream.resume();
    return true;
  }
}

function isEarlyEnd(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ABORT_ERR' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

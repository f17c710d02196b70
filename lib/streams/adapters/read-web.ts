import type { ReadableStream, ReadableStreamDefaultReader } from 'node:stream/web';
import type { Host } from '../../core/protocol/host.js';
import type { Origin } from '../../core/protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import { settleWithin } from '../../core/pulls/grace-period.js';
import { Pending } from '../../core/pulls/pending.js';
import type { WaitReport } from '../../core/stall/wait-report.js';

/** Recognised by its methods: naming the class would load all of Node's web streams into every program. */
export const isWebReadable = (value: unknown): value is ReadableStream =>
  typeof (value as Partial<ReadableStream> | null | undefined)?.getReader === 'function';

/** Makes an origin of a user's web stream. Its errors are not wrapped. */
export function readWeb(stream: ReadableStream): Origin {
  return {
    name: stream.constructor.name,
    transparent: true,
    open: (host) => new WebPull(stream, host),
  };
}

/** Pulls by `read()`, one item at a time when asked. Node's own adapter would take a `null` for the end. */
export class WebPull implements Pull<unknown> {
  readonly #reader: ReadableStreamDefaultReader<unknown>;
  readonly #result: Pending<{ readonly done: boolean; readonly value?: unknown }>;
  #closing: Promise<void> | undefined;

  /** `onFailure` is called at once when the stream fails. */
  constructor(
    stream: ReadableStream,
    host: Host,
    onFailure = (error: unknown) => host.fail(error),
  ) {
    this.#reader = stream.getReader();
    this.#result = new Pending(host);
    // The stream is watched from the start: its failure is reported even while the host waits for another input.
    this.#reader.closed.catch((error: unknown) => {
      if (!this.#closing) onFailure(error);
    });
  }

  pull(): Pulled<unknown> {
    if (this.#result.busy) return WAIT;
    if (this.#result.free) {
      this.#result.start(this.#reader.read());
      return WAIT;
    }
    const { done, value } = this.#result.take();
    return done ? END : value;
  }

  waits(): readonly WaitReport[] {
    return this.#result.waits('the stream to give something');
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await settleWithin(this.#reader.cancel());
    } finally {
      this.#reader.releaseLock();
    }
  }
}

import type { Readable } from 'node:stream';
import { ClosedError } from '../../core/base/errors.js';
import type { Host } from '../../core/protocol/host.js';
import type { Origin } from '../../core/protocol/link.js';
import { END, type Pull, type Pulled, WAIT } from '../../core/protocol/pull.js';
import type { WaitReport } from '../../core/stall/wait-report.js';
import { Assembly, namesOf } from './assembly.js';
import { Entry, isBytes } from './entry.js';
import { afterCause, cutShort, throwAll } from './stream-errors.js';
import type { NodeStream } from './stream-state.js';

/** Makes an origin of a user's readable stream and of duplex streams behind it. Their errors are not wrapped. */
export function readStreams(streams: readonly NodeStream[]): Origin {
  return {
    name: namesOf(streams),
    transparent: true,
    bytes: isBytes(streams.at(-1) as Readable),
    // A stop ends the first stream only: what the others have taken still comes.
    fed: streams.length > 1,
    streams,
    open: (host) => new StreamPull(streams, host, { stops: streams.length > 1 }),
  };
}

interface Reading {
  /** Streams of the assembly that are before the ones of the user's. */
  readonly before?: readonly NodeStream[];
  /** True if a graceful stop ends the first stream, and the others flush what they hold. */
  readonly stops?: boolean;
  /** True for a stream that a callback returned: `pull` throws its error, as it is not closed again after its end. */
  readonly fromCallback?: boolean;
}

/** Pulls from the last of some streams that are joined. */
export class StreamPull implements Pull<unknown> {
  readonly #streams: readonly NodeStream[];
  readonly #host: Host;
  readonly #isWithin: boolean;
  readonly #fromCallback: boolean;
  readonly #entry: Entry;
  readonly #assembly: Assembly;
  #stops: boolean;
  #state: 'open' | 'ended' | 'failed' | 'closed' = 'open';
  #error: unknown;
  #reported: unknown;
  /** True if an item was asked for since the streams have failed. */
  #asked = false;
  #waiting = false;
  #since = 0;
  #closing: Promise<void> | undefined;

  constructor(
    streams: readonly NodeStream[],
    host: Host,
    { before = [], stops = false, fromCallback = false }: Reading = {},
  ) {
    this.#streams = streams;
    this.#host = host;
    this.#isWithin = before.length > 0;
    this.#stops = stops;
    this.#fromCallback = fromCallback;
    this.#entry = new Entry(streams.at(-1) as Readable, () => this.#wake());
    const all = [...before, ...streams, this.#entry];
    this.#assembly = this.#entry.unpiped(() => new Assembly(all));
    const report = afterCause((error) => this.#settle(error));
    void this.#assembly.closed.then(report);
  }

  pull(): Pulled<unknown> {
    this.#asked = true;
    if (this.#stops && this.#host.run.stopping) this.#stop();
    const item = this.#entry.take();
    if (item !== null) return item;
    if (this.#state === 'failed') return this.#refuse();
    if (this.#state === 'ended' || (this.#entry.ended && !this.#fromCallback)) return this.#end();
    return this.#wait();
  }

  waits(): readonly WaitReport[] {
    const unit = isBytes(this.#streams.at(-1) as Readable) ? 'bytes' : 'items';
    const what = this.#waiting ? 'the stream to give something' : undefined;
    return [{ what, since: this.#since, held: this.#entry.held, unit }];
  }

  readonly #wakeHost = (): void => this.#host.wake();

  #wake(): void {
    if (this.#waiting) {
      this.#waiting = false;
      this.#host.arrived();
    }
    this.#host.run.within(this.#wakeHost);
  }

  #settle(error: unknown): void {
    if (this.#state === 'closed') return;
    const failed = error !== undefined && !cutShort(this.#host, error);
    this.#state = failed ? 'failed' : 'ended';
    this.#error = error;
    if (failed && !this.#fromCallback) this.#failUnlessRead();
    this.#wake();
  }

  #stop(): void {
    this.#stops = false;
    this.#host.run.sourceStopped = true;
    this.#assembly.stop();
  }

  #end(): typeof END | typeof WAIT {
    const { brokenOff } = this.#assembly;
    if (!brokenOff || this.#state !== 'open') return END;
    setImmediate(() => {
      // Its error comes first, if it has one.
      if (this.#state === 'open')
        this.#assembly.destroy(new ClosedError(brokenOff.constructor.name));
    });
    return this.#wait();
  }

  #wait(): typeof WAIT {
    if (!this.#waiting) {
      this.#waiting = true;
      this.#since = this.#host.waiting();
    }
    return WAIT;
  }

  /** The error of a stream that is part of the pipeline is not wrapped, whatever the pull is behind. */
  #refuse(): typeof WAIT {
    this.#reported = this.#error;
    if (this.#fromCallback) throw this.#error;
    this.#host.fail(this.#error);
    return WAIT;
  }

  /**
   * A failure is reported even while the host waits for another input. But items that came before it come out before
   * it, for as long as the host goes on to take them.
   */
  readonly #failUnlessRead = (): void => {
    if (this.#state !== 'failed') return;
    if (this.#entry.held === 0 || !this.#asked) this.#host.run.within(this.#fail);
    else {
      this.#asked = false;
      setImmediate(this.#failUnlessRead);
    }
  };

  readonly #fail = (): void => {
    this.#reported = this.#error;
    this.#host.fail(this.#error);
  };

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#state = 'closed';
    if (!this.#entry.ended && this.#leaveToWriter()) return;
    const reason = this.#destroy();
    await this.#assembly.through();
    const known = [this.#reported, reason];
    const unknown = (error: unknown) => !known.includes(error) && !cutShort(this.#host, error);
    throwAll(this.#assembly.errors.filter(unknown));
  }

  #destroy(): unknown {
    const reason = this.#host.context.failure?.error;
    this.#assembly.destroy(reason);
    return reason;
  }

  /**
   * A stream that the run also writes to, such as a socket, is closed by the writer. Until then it is read and dropped.
   */
  #leaveToWriter(): boolean {
    const { written } = this.#host.run;
    const both = this.#isWithin ? undefined : this.#streams.find((stream) => written.has(stream));
    if (!both) return false;
    written.set(both, async () => {
      this.#destroy();
      await this.#assembly.through();
    });
    this.#entry.drop();
    return true;
  }
}

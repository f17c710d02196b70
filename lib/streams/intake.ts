import type { Writable } from 'node:stream';
import type { Origin } from '../core/chain.js';
import type { Outcome } from '../core/drain.js';
import { Inbox } from '../core/inbox.js';

/** Ends one of our streams gracefully, as if its input had ended. */
export const STOP: unique symbol = Symbol('sluice.stop');

interface Stoppable {
  [STOP]?(): void;
}

type Written = (error?: Error | null) => void;

/**
 * The open left end of a segment: what is written waits here, and the writer is called back when the segment asks for
 * more. Once the segment has ended early, what still comes is read and dropped, as Node gives a writable no other way
 * to say "enough"; sources and stages of ours that are piped in are told to stop.
 */
export class Intake {
  readonly inbox = new Inbox<unknown>();
  readonly origin: Origin = {
    name: 'input',
    transparent: true,
    open: (host) => this.inbox.attach(host),
  };
  /** No set: what is in one has a hash, and V8 is slower at the properties of streams that have. */
  #feeders: readonly Stoppable[] = [];
  #written: Written | undefined;
  #over = false;

  constructor(stream: Writable) {
    stream.on('pipe', (from: Stoppable) => {
      this.#feeders = [...this.#feeders, from];
    });
    stream.on('unpipe', (from: Stoppable) => {
      this.#feeders = this.#feeders.filter((feeder) => feeder !== from);
    });
    this.inbox.hungry = () => {
      if (this.inbox.open) this.#callBack();
    };
  }

  write(item: unknown, written: Written): void {
    if (this.#over) return written();
    this.#written = written;
    this.inbox.put(item);
  }

  writeAll(items: readonly unknown[], written: Written): void {
    if (this.#over) return written();
    this.#written = written;
    this.inbox.putAll(items);
  }

  end(): void {
    this.inbox.end();
  }

  /** The segment takes no more. */
  over(): void {
    this.#over = true;
    this.#callBack();
    for (const feeder of this.#feeders) feeder[STOP]?.();
  }

  /** The segment is closed. A failure is also that of the item in hand; who destroys the stream knows what he loses. */
  settled(outcome: Outcome<unknown>): void {
    if (outcome.kind === 'done') return this.over();
    this.#over = true;
    this.#callBack(outcome.kind === 'failed' ? (outcome.error as Error) : undefined);
  }

  #callBack(error?: Error): void {
    const written = this.#written;
    this.#written = undefined;
    written?.(error);
  }
}

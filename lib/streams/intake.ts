import type { Writable } from 'node:stream';
import type { Outcome } from '../core/protocol/drain.js';
import type { Host } from '../core/protocol/host.js';
import type { Origin } from '../core/protocol/link.js';
import { END, type Passable, type Passage, type Pulled, WAIT } from '../core/protocol/pull.js';
import type { WaitReport } from '../core/stall/wait-report.js';

/** Ends one of our streams gracefully, as if its input had ended. */
export const STOP: unique symbol = Symbol('sluice.stop');

interface Stoppable {
  [STOP]?(): void;
}

type Written = (error?: Error | null) => void;

/**
 * The open left end of a segment. Node writes one item at a time, which waits here if it can't go through at once; the
 * writer is called back when the segment asks for more. Once the segment has ended early, what still comes is read and
 * dropped, as Node gives a writable no other way to say "enough"; sources and stages of ours that are piped in are told
 * to stop.
 *
 * No `_writev`: Node drops what is buffered within it.
 */
export class Intake implements Passable<unknown> {
  passage: Passage | undefined;
  readonly origin: Origin = {
    name: 'input',
    transparent: true,
    open: () => this,
  };
  /** No set: what is in one has a hash, and V8 is slower at the properties of streams that have. */
  #feeders: readonly Stoppable[] = [];
  readonly #start: () => Pick<Host, 'wake'>;
  /** `WAIT`: there is none. */
  #item: unknown = WAIT;
  #written: Written | undefined;
  /** The segment has asked in vain, and not again since. */
  #asked = false;
  #state: 'open' | 'ended' | 'closed' = 'open';
  #over = false;

  /** `start` gives the host that pulls from here, opened if it is not yet. */
  constructor(stream: Writable, start: () => Pick<Host, 'wake'>) {
    this.#start = start;
    stream.on('pipe', (from: Stoppable) => {
      this.#feeders = [...this.#feeders, from];
    });
    stream.on('unpipe', (from: Stoppable) => {
      this.#feeders = this.#feeders.filter((feeder) => feeder !== from);
    });
  }

  write(item: unknown, written: Written): void {
    const { passage } = this;
    if (!this.#asked || !passage?.ready) return this.#keep(item, written);
    this.#asked = false;
    this.#written = written;
    if (!passage.pass(item)) return;
    this.#asked = true;
    this.#written = undefined;
    written();
  }

  #keep(item: unknown, written: Written): void {
    if (this.#over) return written();
    this.#asked = false;
    this.#item = item;
    this.#written = written;
    this.#start().wake();
  }

  end(): void {
    this.#state = 'ended';
    this.#start().wake();
  }

  /** Whoever is called back may write the next item at once. */
  pull(): Pulled<unknown> {
    if (this.#item === WAIT && this.#state === 'open') this.#callBack();
    const item = this.#item;
    this.#item = WAIT;
    if (item !== WAIT) return item;
    this.#asked = this.#state === 'open';
    return this.#asked ? WAIT : END;
  }

  waits(): readonly WaitReport[] {
    const held = this.#item === WAIT ? 0 : 1;
    return [{ what: this.#asked ? 'an item' : undefined, held, outside: true }];
  }

  close(): void {
    this.#state = 'closed';
    this.#item = WAIT;
  }

  /** The segment takes no more. */
  over(): void {
    this.#over = true;
    this.#asked = false;
    this.#callBack();
    for (const feeder of this.#feeders) feeder[STOP]?.();
  }

  /** The segment is closed. A failure is also that of the item in hand; who destroys the stream knows what he loses. */
  settled(outcome: Outcome<unknown>): void {
    if (outcome.kind === 'done') return this.over();
    this.#over = true;
    this.#asked = false;
    this.#callBack(outcome.kind === 'failed' ? (outcome.error as Error) : undefined);
  }

  #callBack(error?: Error): void {
    const written = this.#written;
    this.#written = undefined;
    written?.(error);
  }
}

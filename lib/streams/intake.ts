import type { Writable } from 'node:stream';
import type { Outcome } from '../core/protocol/drain.js';
import type { Host } from '../core/protocol/host.js';
import type { Origin } from '../core/protocol/link.js';
import { END, type Passable, type Passage, type Pulled, WAIT } from '../core/protocol/pull.js';
import type { WaitReport } from '../core/stall/wait-report.js';
import { STOP, type Stoppable } from './adapters/shared-keys.js';

type Written = (error?: Error | null) => void;

/**
 * The origin of a segment that is written to. Node writes one item at a time. An item that can't pass at once is kept
 * here, and the writer is called back when the segment asks for more. After the segment has ended early, written items
 * are dropped, since Node gives a writable no way to say "enough"; our own sources and stages that are piped in are
 * told to stop.
 *
 * There is no `_writev`, because Node loses items that are written while it runs.
 */
export class Intake implements Passable<unknown> {
  passage: Passage | undefined;
  readonly origin: Origin = {
    name: 'input',
    transparent: true,
    open: () => this,
  };
  /**
   * The streams that are piped in. Not a `Set`: it gives its objects a hash, which slows V8's access to their
   * properties.
   */
  #feeders: readonly Stoppable[] = [];
  readonly #start: () => Pick<Host, 'wake'>;
  /** The written item; `WAIT` if there is none. */
  #item: unknown = WAIT;
  #written: Written | undefined;
  /** The segment has pulled in vain, and waits for an item. */
  #asked = false;
  #state: 'open' | 'ended' | 'closed' = 'open';
  #over = false;

  /** `start` returns the host that pulls from here, and opens it first if needed. */
  constructor(stream: Writable, start: () => Pick<Host, 'wake'>) {
    this.#start = start;
    stream.on('pipe', (from: Stoppable) => this.feed(from));
    stream.on('unpipe', (from: Stoppable) => {
      this.#feeders = this.#feeders.filter((feeder) => feeder !== from);
    });
  }

  /** Has who writes here told when the segment takes no more items. */
  feed(feeder: Stoppable): void {
    if (this.#over) feeder[STOP]?.();
    else this.#feeders = [...this.#feeders, feeder];
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

  /** The writer that is called back may write the next item at once. */
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

  /** Called when the segment takes no more items. */
  over(): void {
    this.#over = true;
    this.#asked = false;
    this.#callBack();
    for (const feeder of this.#feeders) feeder[STOP]?.();
  }

  /**
   * Called when the segment is closed. If it has failed, so has the pending write. If it was cancelled, the pending
   * write gets no error: the code that destroyed the stream knows that it loses the item.
   */
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

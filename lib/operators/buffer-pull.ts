import { type StageRef, stageError } from '../core/base/errors.js';
import { Queue } from '../core/base/queue.js';
import { isThenable } from '../core/base/thenable.js';
import { Loop } from '../core/loop/loop.js';
import type { Context } from '../core/protocol/context.js';
import type { Host } from '../core/protocol/host.js';
import type { Opener } from '../core/protocol/link.js';
import { END, type Pull, type Pulled, SKIP, WAIT } from '../core/protocol/pull.js';
import { type Held, HeldAcks } from '../core/pulls/held-acks.js';
import { holdsReport, NO_WAITS, type WaitReport } from '../core/stall/wait-report.js';

export type Overflow = 'block' | 'drop-oldest' | 'drop-newest';

export interface BufferSettings<T> {
  readonly size: number;
  readonly when: Overflow;
  readonly onDrop: (item: T, context: Context) => unknown;
}

interface Entry<T> {
  readonly item: T;
  readonly held: Held;
}

/** A bounded buffer. A loop of its own fills it from upstream; `pull()` empties it. */
export class BufferPull<T> implements Pull<T> {
  readonly #host: Host;
  readonly #ref: StageRef;
  readonly #settings: BufferSettings<T>;
  readonly #entries = new Queue<Entry<T>>();
  readonly #acks: HeldAcks;
  readonly #filling: Loop;
  #ended = false;
  #waiting = false;
  /** A promise of `onDrop` is pending. The filling loop takes no item meanwhile. */
  #dropping = false;

  constructor(upstream: Opener<T>, host: Host, ref: StageRef, settings: BufferSettings<T>) {
    this.#host = host;
    this.#ref = ref;
    this.#settings = settings;
    this.#acks = new HeldAcks(host);
    const name = `${ref.name} input`;
    const waits = () => (this.#dropping ? [{ what: 'what onDrop has promised' }] : NO_WAITS);
    const drain = { name, transparent: true, take: (item: T) => this.#take(item), waits };
    const filled = { ...ref, name };
    this.#filling = new Loop(host.run, upstream, drain, filled, {
      failed: (error) => host.fail(error),
      endedEarly: () => host.endEarly(),
      settled: (outcome) => {
        if (outcome.kind === 'done') this.#end();
        // `failed` is not called for a failure while the loop closes.
        if (outcome.kind === 'failed') host.fail(outcome.error);
      },
    });
    this.#filling.acknowledged = host.acknowledged;
    // A host that can't wait for a second loop, such as that of `pull`, throws here.
    this.#setWaiting(true);
    this.#setWaiting(false);
    this.#filling.open();
  }

  #setWaiting(waiting: boolean): void {
    if (waiting === this.#waiting) return;
    if (waiting) this.#host.waiting();
    else this.#host.arrived();
    this.#waiting = waiting;
  }

  #take(item: T): typeof SKIP | typeof WAIT | Promise<typeof SKIP> {
    const { size, when } = this.#settings;
    const full = this.#entries.length >= size;
    if (full && when === 'drop-newest') return this.#drop(item);
    const oldest = full ? this.#entries.shift() : undefined;
    this.#entries.push({ item, held: this.#acks.keep(this.#filling.acks) });
    this.#setWaiting(false);
    this.#host.wake();
    if (oldest) {
      this.#acks.release(oldest.held);
      return this.#drop(oldest.item);
    }
    return when === 'block' && this.#entries.length >= size ? WAIT : SKIP;
  }

  #drop(item: T): typeof SKIP | Promise<typeof SKIP> {
    const named = (error: unknown) => stageError(this.#ref, error, undefined, item);
    try {
      const answer = this.#settings.onDrop(item, this.#filling.context);
      if (!isThenable(answer)) return SKIP;
      this.#dropping = true;
      const proceed = (): typeof SKIP => {
        this.#dropping = false;
        return SKIP;
      };
      return Promise.resolve(answer).then(proceed, (error: unknown) => {
        throw named(error);
      });
    } catch (error) {
      throw named(error);
    }
  }

  #end(): void {
    this.#ended = true;
    this.#setWaiting(false);
    this.#host.wake();
  }

  /** Wakes the filling loop only when the buffer is empty, so nothing is read before the first pull. */
  pull(): Pulled<T> {
    this.#acks.taken();
    if (this.#entries.length === 0) this.#filling.wake();
    const entry = this.#entries.shift();
    if (entry) return this.#emit(entry);
    if (this.#ended) return END;
    this.#setWaiting(true);
    return WAIT;
  }

  #emit({ item, held }: Entry<T>): T {
    this.#acks.handOn([held]);
    if (this.#settings.when === 'block') this.#filling.unblock();
    return item;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#entries.length);
  }

  async close(): Promise<void> {
    this.#setWaiting(false);
    this.#entries.clear();
    await this.#filling.cancel();
    this.#acks.releaseAll();
  }
}

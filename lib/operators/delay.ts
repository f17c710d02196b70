import { Queue } from '../core/base/queue.js';
import { validateCount, validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import type { Held } from '../core/pulls/held-acks.js';
import { TimedInput } from '../core/pulls/timed-input.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `delay`. */
export interface DelayOptions extends NameOptions {
  /** How much later each item is emitted, in ms; from 0. */
  readonly delayMs: number;
  /** How many items it may hold; an integer from 1. Default 1024. */
  readonly buffer?: number | undefined;
}

/**
 * Emits every item `delayMs` later. The time between two items stays the same.
 *
 * Emits: each item `delayMs` after it was read.   Holds: at most `buffer` items.
 * Waits: while it holds that many.   Ends: with its input, once the last item has been emitted.
 * Fails: at once when its input fails; the items it holds are dropped.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `delayMs` or `buffer` is out of range.
 * @example
 * await pipeline(range(0, 3), delay({ delayMs: 5 }), toArray()) // [0, 1, 2]
 */
export function delay<T>(options: DelayOptions): Stage<T, T> {
  validateOptions('delay', options, ['delayMs', 'buffer']);
  const { delayMs, buffer = 1024 } = options ?? {};
  validateMs('delay', 'delayMs', delayMs);
  validateCount('delay', 'buffer', buffer, 1);
  return through<T, T>(
    'delay',
    (upstream, host) => new DelayPull(upstream(host), host, delayMs, buffer),
    options,
  );
}

interface Delayed<T> {
  readonly item: T;
  readonly dueMs: number;
  readonly held: Held;
}

class DelayPull<T> implements Pull<T> {
  readonly #input: TimedInput<T>;
  readonly #delayMs: number;
  readonly #buffer: number;
  readonly #later = new Queue<Delayed<T>>();
  /** The item that is emitted next. The timer is set for it. */
  #next: Delayed<T> | undefined;
  #ended = false;

  constructor(upstream: Pull<T>, host: Host, delayMs: number, buffer: number) {
    this.#input = new TimedInput(upstream, host);
    this.#delayMs = delayMs;
    this.#buffer = buffer;
  }

  pull(): Pulled<T> {
    this.#input.taken();
    this.#next ??= this.#later.shift();
    this.#read();
    if (!this.#next) return this.#ended ? END : WAIT;
    const leftMs = this.#next.dueMs - performance.now();
    if (leftMs > 0) return this.#input.timer.waitOut(leftMs);
    return this.#emit(this.#next);
  }

  /** Stops when an item is due: the input may never pause. */
  #read(): void {
    while (!this.#ended && !this.#due && this.#held < this.#buffer) {
      const item = this.#input.pull();
      if (item === WAIT) return;
      if (item === END) this.#ended = true;
      if (isItem(item)) this.#take(item);
    }
  }

  get #due(): boolean {
    return this.#next !== undefined && this.#next.dueMs <= performance.now();
  }

  get #held(): number {
    return this.#later.length + (this.#next ? 1 : 0);
  }

  #take(item: T): void {
    const dueMs = performance.now() + this.#delayMs;
    this.#later.push({ item, dueMs, held: this.#input.hold() });
    this.#next ??= this.#later.shift();
  }

  #emit({ item, held }: Delayed<T>): T {
    this.#next = undefined;
    this.#input.handOn([held]);
    return item;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#held);
  }

  close(): void | Promise<void> {
    return this.#input.close();
  }
}

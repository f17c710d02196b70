import { validateCount, validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled, SKIP, WAIT } from '../core/protocol/pull.js';
import type { Held } from '../core/pulls/held-acks.js';
import { TimedInput } from '../core/pulls/timed-input.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { stage, through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `batch`. */
export interface BatchOptions extends NameOptions {
  /** How long the first item of an array waits for the others, in ms; from 0. Default: without a limit. */
  readonly maxDelayMs?: number | undefined;
}

/**
 * Groups consecutive items into arrays of `size`.
 *
 * Emits: an array each time `size` items have arrived. With `maxDelayMs`, a shorter array when that time has passed
 * since its first item.   Holds: at most `size - 1` items.
 * Ends: with its input, after a shorter last array if any items are held.
 *
 * @param size items per array; an integer from 1.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `size` or `maxDelayMs` is out of range.
 * @example
 * await pipeline(range(0, 5), batch(2), toArray()) // [[0, 1], [2, 3], [4]]
 * await pipeline(interval({ everyMs: 20 }), batch(9, { maxDelayMs: 5 }), take(2), toArray()) // [[0], [1]]
 */
export function batch<T>(size: number, options?: BatchOptions): Stage<T, T[]> {
  validateCount('batch', 'size', size, 1);
  validateOptions('batch', options, ['maxDelayMs']);
  const maxDelayMs = options?.maxDelayMs;
  if (maxDelayMs !== undefined) {
    validateMs('batch', 'maxDelayMs', maxDelayMs);
    return through<T, T[]>(
      'batch',
      (upstream, host) => new TimedBatch(upstream(host), host, size, maxDelayMs),
      options,
    );
  }
  let held: T[] = [];
  const flush = (): T[] => {
    const full = held;
    held = [];
    return full;
  };
  return stage<T, T[]>(
    'batch',
    {
      map: (item) => (held.push(item) < size ? SKIP : flush()),
      end: () => (held.length > 0 ? [flush()] : []),
      held: () => held.length,
    },
    options,
  );
}

class TimedBatch<T> implements Pull<T[]> {
  readonly #input: TimedInput<T>;
  readonly #size: number;
  readonly #maxDelayMs: number;
  #items: T[] = [];
  #held: Held[] = [];
  #dueMs = 0;
  #ended = false;

  constructor(upstream: Pull<T>, host: Host, size: number, maxDelayMs: number) {
    this.#input = new TimedInput(upstream, host);
    this.#size = size;
    // A timer waits at least 1 ms. So items that arrive together share an array, even when the delay is 0.
    this.#maxDelayMs = Math.max(1, maxDelayMs);
  }

  pull(): Pulled<T[]> {
    this.#input.taken();
    while (!this.#ended && this.#items.length < this.#size && !this.#due) {
      const item = this.#input.pull();
      if (item === WAIT && !this.#due) return this.#wait();
      if (item === END) this.#ended = true;
      if (isItem(item)) this.#add(item);
    }
    return this.#items.length > 0 ? this.#flush() : END;
  }

  /** Looks at the clock too: the timer can't fire while the input never pauses. */
  get #due(): boolean {
    return this.#items.length > 0 && (this.#input.timer.rang || this.#dueMs <= performance.now());
  }

  #add(item: T): void {
    if (this.#items.length === 0) this.#dueMs = performance.now() + this.#maxDelayMs;
    this.#items.push(item);
    this.#held.push(this.#input.hold());
  }

  #wait(): typeof WAIT {
    return this.#items.length > 0 ? this.#input.timer.wait(this.#dueMs - performance.now()) : WAIT;
  }

  #flush(): T[] {
    const items = this.#items;
    this.#items = [];
    this.#input.handOn(this.#held);
    this.#held = [];
    return items;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#items.length);
  }

  close(): void | Promise<void> {
    return this.#input.close();
  }
}

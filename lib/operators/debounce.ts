import { validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import type { Held } from '../core/pulls/held-acks.js';
import { TimedInput } from '../core/pulls/timed-input.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `debounce`. */
export interface DebounceOptions extends NameOptions {
  /** How long the input must be quiet before the latest item is emitted, in ms; from 0. */
  readonly quietMs: number;
  /** The longest time without an emitted item while items keep arriving, in ms; from 0. Default: no bound. */
  readonly maxDelayMs?: number | undefined;
}

/**
 * Passes the last item of each burst and drops the others. `send` of a dropped item resolves to `undefined`.
 *
 * Emits: the latest item once no item has arrived for `quietMs`, or once `maxDelayMs` have passed since the first item
 * that arrived after the last emitted one.   Holds: that item.   Ends: with its input, at once, after the item it
 * holds.
 * Fails: at once when its input fails; the item it holds is dropped.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `quietMs` or `maxDelayMs` is out of range.
 * @example
 * await pipeline(['s', 'sl', 'slu'], debounce({ quietMs: 50 }), toArray()) // ['slu']
 */
export function debounce<T>(options: DebounceOptions): Stage<T, T> {
  validateOptions('debounce', options, ['quietMs', 'maxDelayMs']);
  const { quietMs, maxDelayMs = Number.POSITIVE_INFINITY } = options ?? {};
  validateMs('debounce', 'quietMs', quietMs);
  if (maxDelayMs !== Number.POSITIVE_INFINITY) validateMs('debounce', 'maxDelayMs', maxDelayMs);
  return through<T, T>(
    'debounce',
    (upstream, host) => new DebouncePull(upstream(host), host, quietMs, maxDelayMs),
    options,
  );
}

interface Latest<T> {
  readonly item: T;
  readonly held: Held;
  /** When it is emitted if no further item arrives. */
  readonly quietAtMs: number;
  /** When it is emitted at the latest. */
  readonly deadlineMs: number;
}

class DebouncePull<T> implements Pull<T> {
  readonly #input: TimedInput<T>;
  readonly #quietMs: number;
  readonly #maxDelayMs: number;
  #latest: Latest<T> | undefined;
  #ended = false;

  constructor(upstream: Pull<T>, host: Host, quietMs: number, maxDelayMs: number) {
    this.#input = new TimedInput(upstream, host);
    // A timer waits at least 1 ms. So items that arrive together are one burst, even when `quietMs` is 0.
    this.#quietMs = Math.max(1, quietMs);
    this.#maxDelayMs = maxDelayMs;
  }

  pull(): Pulled<T> {
    this.#input.taken();
    while (!this.#ended && !this.#due) {
      const item = this.#input.pull();
      if (item === WAIT && !this.#due) return this.#wait();
      if (item === END) this.#ended = true;
      if (!isItem(item)) continue;
      const before = this.#latest;
      // The timer could not fire while the input blocked the event loop: the burst is over all the same.
      const wasQuiet = before !== undefined && before.quietAtMs <= performance.now();
      this.#replace(item, wasQuiet);
      if (wasQuiet) return this.#handOn(before);
    }
    return this.#latest ? this.#emit(this.#latest) : END;
  }

  /** Looks at the clock too: the timer can't fire while the input never pauses. */
  get #due(): boolean {
    return (
      this.#input.timer.rang ||
      (this.#latest !== undefined &&
        Math.min(this.#latest.deadlineMs, this.#latest.quietAtMs) <= performance.now())
    );
  }

  #replace(item: T, startsBurst: boolean): void {
    const now = performance.now();
    const before = startsBurst ? undefined : this.#latest;
    const deadlineMs = before?.deadlineMs ?? now + this.#maxDelayMs;
    const quietAtMs = now + this.#quietMs;
    this.#latest = { item, held: this.#input.hold(), quietAtMs, deadlineMs };
    if (before) this.#input.release(before.held);
    this.#input.timer.clear();
  }

  #wait(): typeof WAIT {
    if (!this.#latest) return WAIT;
    const { quietAtMs, deadlineMs } = this.#latest;
    return this.#input.timer.wait(Math.min(quietAtMs, deadlineMs) - performance.now());
  }

  #emit(latest: Latest<T>): T {
    this.#latest = undefined;
    return this.#handOn(latest);
  }

  #handOn({ item, held }: Latest<T>): T {
    this.#input.handOn([held]);
    return item;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#latest ? 1 : 0);
  }

  close(): void | Promise<void> {
    return this.#input.close();
  }
}

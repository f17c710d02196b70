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
  /** How long no item may have come before the last one goes out, in ms; from 0. */
  readonly quietMs: number;
  /** The longest time without an item going out while items come, in ms; from 0. Default: no bound. */
  readonly maxDelayMs?: number | undefined;
}

/**
 * The last item of each burst. The others are dropped, as is its purpose; a send of them is answered with `undefined`.
 *
 * Emits: the latest item once none has come for `quietMs`, or once `maxDelayMs` have passed since the first that came
 * after the item before.   Holds: that item.   Ends: with its input, after the item it holds, at once.
 * Fails: at once when its input does; what is held is dropped.
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
  /** When it goes out if nothing more comes, and when it does at the latest. */
  readonly calmMs: number;
  readonly lastMs: number;
}

class DebouncePull<T> implements Pull<T> {
  readonly #input: TimedInput<T>;
  readonly #quietMs: number;
  readonly #maxDelayMs: number;
  #latest: Latest<T> | undefined;
  #ended = false;

  constructor(upstream: Pull<T>, host: Host, quietMs: number, maxDelayMs: number) {
    this.#input = new TimedInput(upstream, host);
    // As a timer does: what comes together is together also with 0.
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
      // Input that holds up the timer was quiet meanwhile.
      const calm = before !== undefined && before.calmMs <= performance.now();
      this.#replace(item, calm);
      if (calm) return this.#handOn(before);
    }
    return this.#latest ? this.#letGo(this.#latest) : END;
  }

  /** Input that never pauses gives the timer no chance to ring. */
  get #due(): boolean {
    return (
      this.#input.timer.rang ||
      (this.#latest !== undefined &&
        Math.min(this.#latest.lastMs, this.#latest.calmMs) <= performance.now())
    );
  }

  /** `anew`: another burst begins with it. */
  #replace(item: T, anew: boolean): void {
    const now = performance.now();
    const before = anew ? undefined : this.#latest;
    const lastMs = before?.lastMs ?? now + this.#maxDelayMs;
    this.#latest = { item, held: this.#input.hold(), calmMs: now + this.#quietMs, lastMs };
    if (before) this.#input.release(before.held);
    this.#input.timer.clear();
  }

  #wait(): typeof WAIT {
    if (!this.#latest) return WAIT;
    const { calmMs, lastMs } = this.#latest;
    return this.#input.timer.wait(Math.min(calmMs, lastMs) - performance.now());
  }

  #letGo(latest: Latest<T>): T {
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

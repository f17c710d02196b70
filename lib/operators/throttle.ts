import { validateCount, validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { Timer } from '../core/pulls/timer.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `throttle`. */
export interface ThrottleOptions extends NameOptions {
  /** How many items may pass in any `perMs`; an integer from 1. */
  readonly items: number;
  /** The length of that time, in ms; from 0. */
  readonly perMs: number;
}

/**
 * Passes every item, but never more than `items` of them in any `perMs` ms. Items that arrive too fast are delayed, not
 * dropped.
 *
 * Emits: at once while fewer than `items` were emitted in the last `perMs`, otherwise as soon as that is true again.
 * Holds: the one item that has to wait, and the times of the last `items`.   Waits: while it holds that item, so the
 * source waits too.   Ends: with its input, after the item it holds.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `items` or `perMs` is out of range.
 * @example
 * await pipeline(range(0, 4), throttle({ items: 2, perMs: 5 }), toArray()) // [0, 1, 2, 3]
 */
export function throttle<T>(options: ThrottleOptions): Stage<T, T> {
  validateOptions('throttle', options, ['items', 'perMs']);
  const { items, perMs } = options ?? {};
  validateCount('throttle', 'items', items, 1);
  validateMs('throttle', 'perMs', perMs);
  return through<T, T>(
    'throttle',
    (upstream, host) => new ThrottlePull(upstream(host), host, items, perMs),
    options,
  );
}

class ThrottlePull<T> implements Pull<T> {
  readonly #upstream: Pull<T>;
  readonly #timer: Timer;
  readonly #items: number;
  readonly #perMs: number;
  /** When the last items were emitted: a ring buffer. */
  readonly #times: number[] = [];
  #next = 0;
  #held: Pulled<T> = WAIT;

  constructor(upstream: Pull<T>, host: Host, items: number, perMs: number) {
    this.#upstream = upstream;
    this.#timer = new Timer(host);
    this.#items = items;
    this.#perMs = perMs;
  }

  pull(): Pulled<T> {
    if (this.#held === WAIT) this.#held = this.#upstream.pull();
    const item = this.#held;
    if (!isItem(item)) return item;
    const now = performance.now();
    const oldest = this.#times[this.#next];
    const leftMs = oldest === undefined ? 0 : oldest + this.#perMs - now;
    if (leftMs > 0) return this.#timer.waitOut(leftMs);
    this.#held = WAIT;
    this.#times[this.#next] = now;
    this.#next = (this.#next + 1) % this.#items;
    return item;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(isItem(this.#held) ? 1 : 0);
  }

  close(): void | Promise<void> {
    this.#timer.clear();
    return this.#upstream.close();
  }
}

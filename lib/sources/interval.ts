import { validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import type { Pull, Pulled } from '../core/protocol/pull.js';
import { Timer } from '../core/pulls/timer.js';
import { source } from '../streams/define.js';
import type { Source } from '../streams/source.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `interval`. */
export interface IntervalOptions extends NameOptions {
  /** The distance between two items, in ms; from 1. */
  readonly everyMs: number;
  /** When the first number comes, in ms after the first pull; from 0. Default `everyMs`. */
  readonly firstMs?: number | undefined;
}

/**
 * Counts 0, 1, 2... at regular times.
 *
 * Emits: a number every `everyMs` after the first. A late timer does not shift the schedule. When several of these
 * times pass between two pulls, the next pull gets one number for all of them, at once.   Ends: never by itself.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `everyMs` or `firstMs` is out of range.
 * @example
 * await pipeline(interval({ everyMs: 5 }), take(3), toArray()) // [0, 1, 2]
 */
export function interval(options: IntervalOptions): Source<number> {
  validateOptions('interval', options, ['everyMs', 'firstMs']);
  const { everyMs, firstMs = everyMs } = options ?? {};
  validateMs('interval', 'everyMs', everyMs, 1);
  validateMs('interval', 'firstMs', firstMs);
  const open = (host: Host) => new IntervalPull(host, everyMs, firstMs);
  return source<number>('interval', { open }, options);
}

class IntervalPull implements Pull<number> {
  readonly #timer: Timer;
  readonly #everyMs: number;
  readonly #firstMs: number;
  #dueMs: number | undefined;
  #count = 0;

  constructor(host: Host, everyMs: number, firstMs: number) {
    this.#timer = new Timer(host);
    this.#everyMs = everyMs;
    this.#firstMs = firstMs;
  }

  pull(): Pulled<number> {
    const now = performance.now();
    this.#dueMs ??= now + this.#firstMs;
    const leftMs = this.#dueMs - now;
    if (leftMs > 0 && !this.#timer.rang) return this.#timer.wait(leftMs);
    this.#timer.clear();
    const missed = Math.max(0, Math.floor(-leftMs / this.#everyMs));
    this.#dueMs += (missed + 1) * this.#everyMs;
    this.#count += 1;
    return this.#count - 1;
  }

  close(): void {
    this.#timer.clear();
  }
}

import { type StageRef, stageError, TimeoutError } from '../core/base/errors.js';
import { validateMs, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { Timer } from '../core/pulls/timer.js';
import { through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `timeout`: one of the two, or both. */
export interface TimeoutOptions extends NameOptions {
  /** How long the first item may be waited for, in ms; from 0. Default: no bound. */
  readonly firstMs?: number | undefined;
  /** How long each item after it, and the end, may be waited for, in ms; from 0. Default: no bound. */
  readonly betweenMs?: number | undefined;
}

/**
 * Every item as it is, as long as they come in time.
 *
 * Emits: each item as it comes.
 * Fails: with a `TimeoutError` ERR_SLUICE_TIMEOUT as cause, when nothing has come within `firstMs`, or within
 * `betweenMs` after that. Only time in which an item is asked for counts: a slow reader is no fault of the input.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: neither is given, or one is out of range.
 * @example
 * await pipeline(range(0, 3), timeout({ firstMs: 5000, betweenMs: 1000 }), toArray()) // [0, 1, 2]
 */
export function timeout<T>(options: TimeoutOptions): Stage<T, T> {
  validateOptions('timeout', options, ['firstMs', 'betweenMs']);
  const { firstMs, betweenMs } = options ?? {};
  if (firstMs !== undefined) validateMs('timeout', 'firstMs', firstMs);
  if (betweenMs !== undefined || firstMs === undefined)
    validateMs('timeout', 'betweenMs', betweenMs);
  return through<T, T>(
    'timeout',
    (upstream, host, ref) => new TimeoutPull(upstream(host), host, ref, firstMs, betweenMs),
    options,
  );
}

class TimeoutPull<T> implements Pull<T> {
  readonly #upstream: Pull<T>;
  readonly #host: Host;
  readonly #timer: Timer;
  readonly #ref: StageRef;
  readonly #betweenMs: number | undefined;
  #limitMs: number | undefined;
  #count = 0;
  /** A time slice has ended since the time was up. */
  #vain = false;

  constructor(
    upstream: Pull<T>,
    host: Host,
    ref: StageRef,
    firstMs: number | undefined,
    betweenMs: number | undefined,
  ) {
    this.#upstream = upstream;
    this.#host = host;
    this.#ref = ref;
    this.#timer = new Timer(host);
    this.#limitMs = firstMs;
    this.#betweenMs = betweenMs;
  }

  /** Asks once more when the time is up: what came while nobody asked has come in time. */
  pull(): Pulled<T> {
    // It may be only the event loop that gets its turn: nothing is asked then.
    const late = this.#timer.rang && !this.#host.due();
    const item = this.#upstream.pull();
    if (item === WAIT) return this.#wait(late);
    this.#timer.clear();
    this.#vain = false;
    this.#count += 1;
    this.#limitMs = this.#betweenMs;
    return item;
  }

  #wait(late: boolean): typeof WAIT {
    const limitMs = this.#limitMs;
    if (limitMs === undefined) return WAIT;
    // Or it was asked and is busy, which shows when it has been for a whole slice.
    if (late && !this.#vain && this.#host.due()) this.#vain = true;
    else if (late) {
      const what = this.#count === 0 ? 'no first item came' : 'no further item came';
      throw stageError(this.#ref, new TimeoutError(what, limitMs), this.#count);
    }
    if (!this.#timer.busy) this.#timer.set(limitMs);
    return WAIT;
  }

  close(): void | Promise<void> {
    this.#timer.clear();
    return this.#upstream.close();
  }
}

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
  /** How long to wait for the first item, in ms; from 0. Default: no bound. */
  readonly firstMs?: number | undefined;
  /** How long to wait for each later item, and for the end, in ms; from 0. Default: no bound. */
  readonly betweenMs?: number | undefined;
}

/**
 * Passes every item unchanged, and fails when an item takes too long.
 *
 * Emits: each item as it arrives.
 * Fails: with a `TimeoutError` ERR_SLUICE_TIMEOUT as cause, when the first item takes longer than `firstMs`, or a later
 * one longer than `betweenMs`. Only the time while this stage asks for an item counts, so a slow reader causes no
 * timeout.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: neither option is given, or one is out of range.
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
  /** The timer has fired, and the time slice ended during the pull that followed. */
  #sliceEnded = false;

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

  /** Pulls once more after the timer has fired: an item that arrived while the reader was busy is in time. */
  pull(): Pulled<T> {
    // When the time slice is over, upstream answers `WAIT` without looking for an item.
    const late = this.#timer.rang && !this.#host.due();
    const item = this.#upstream.pull();
    if (item === WAIT) return this.#wait(late);
    this.#timer.clear();
    this.#sliceEnded = false;
    this.#count += 1;
    this.#limitMs = this.#betweenMs;
    return item;
  }

  #wait(late: boolean): typeof WAIT {
    const limitMs = this.#limitMs;
    if (limitMs === undefined) return WAIT;
    // Upstream may have answered `WAIT` only because the slice ended during the pull: it gets one more chance.
    if (late && !this.#sliceEnded && this.#host.due()) this.#sliceEnded = true;
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

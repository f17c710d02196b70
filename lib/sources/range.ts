import { ArgumentError } from '../core/base/errors.js';
import { validateOptions } from '../core/base/validate.js';
import { END, type Indexed, type Pulled } from '../core/protocol/pull.js';
import { source } from '../streams/define.js';
import type { Source } from '../streams/source.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `range`. */
export interface RangeOptions extends NameOptions {
  /** Distance between numbers; negative counts down, never 0. Default 1. */
  readonly step?: number | undefined;
}

/**
 * The numbers from `start` up to, and not including, `end`.
 *
 * Emits: a number whenever one is asked for.   Ends: before the first number that reaches or passes `end`.
 *
 * @param start the first number.
 * @param end where to stop; with `Infinity` it never stops.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an argument is no number, or `step` is 0.
 * @example
 * await pipeline(range(0, 10, { step: 4 }), toArray()) // [0, 4, 8]
 */
export function range(start: number, end: number, options: RangeOptions = {}): Source<number> {
  validateOptions('range', options, ['step']);
  const { step = 1 } = options;
  if (!Number.isFinite(start))
    throw new ArgumentError(`range: start must be a finite number, got ${String(start)}`);
  if (typeof end !== 'number' || Number.isNaN(end))
    throw new ArgumentError(`range: end must be a number, got ${String(end)}`);
  if (!Number.isFinite(step) || step === 0)
    throw new ArgumentError(
      `range: step must be a finite number other than 0, got ${String(step)}`,
    );
  const open = () => new Numbers(start, end, step);
  return source<number>('range', { open }, options);
}

/** A class, because V8 accesses its fields faster than the variables of a closure. */
class Numbers implements Indexed<number> {
  readonly refills = false;
  readonly free = true;
  next = 0;
  readonly limit: number;
  readonly #start: number;
  readonly #step: number;

  constructor(start: number, end: number, step: number) {
    this.#start = start;
    this.#step = step;
    this.limit = this.#count(end);
  }

  /** How many numbers come before `end`. A binary search with `at`, because a division would round differently. */
  #count(end: number): number {
    const isBefore = (place: number): boolean =>
      this.#step > 0 ? this.at(place) < end : this.at(place) > end;
    let to = 1;
    while (isBefore(to) && to <= Number.MAX_SAFE_INTEGER) to *= 2;
    if (to > Number.MAX_SAFE_INTEGER) return Infinity;
    let from = 0;
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (isBefore(middle)) from = middle + 1;
      else to = middle;
    }
    return to;
  }

  at(place: number): number {
    return this.#start + place * this.#step;
  }

  pull(): Pulled<number> {
    return this.next < this.limit ? this.at(this.next++) : END;
  }

  close(): void {}
}

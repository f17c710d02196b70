import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/** Options of `zipLongest`. */
export interface ZipLongestOptions<F> extends NameOptions {
  /** Replaces the items of a source that has ended. Default `undefined`. */
  readonly fill?: F | undefined;
}

export type ZippedLongest<S extends readonly unknown[], F> = {
  -readonly [K in keyof S]: ItemOf<S[K]> | F;
};

/**
 * Tuples of one item from each source, until the longest has ended.
 *
 * Emits: when every source has given an item or has ended.   Holds: at most one item of each source.
 * Ends: with the longest source.   Fails: at once when a source fails; the others are closed.
 *
 * @param args sources, at least one; then, if wanted, options: `fill` replaces the items of a source that has ended.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(zipLongest(range(0, 2), ['a'], { fill: '-' }), toArray()) // [[0, 'a'], [1, '-']]
 */
export function zipLongest<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ZippedLongest<S, undefined>>;
export function zipLongest<S extends readonly SourceLike<unknown>[], F = undefined>(
  ...args: [...sources: S, options: ZipLongestOptions<F>]
): Source<ZippedLongest<S, F>>;
export function zipLongest(...args: readonly unknown[]): Source<unknown[]> {
  return junction<unknown[], ZipLongestOptions<unknown>>(
    'zipLongest',
    args,
    (inputs, { fill }) => new ZipLongestPull(inputs, fill),
    ['fill'],
  );
}

class ZipLongestPull implements Pull<unknown[]> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #fill: unknown;
  #row: Pulled<unknown>[];

  constructor(inputs: readonly Pull<unknown>[], fill: unknown) {
    this.#inputs = inputs;
    this.#fill = fill;
    this.#row = inputs.map(() => WAIT);
  }

  pull(): Pulled<unknown[]> {
    const row = this.#row;
    for (let at = 0; at < row.length; at += 1) {
      if (row[at] === WAIT) row[at] = (this.#inputs[at] as Pull<unknown>).pull();
    }
    if (row.every((item) => item === END)) return END;
    if (row.includes(WAIT)) return WAIT;
    // A source that has ended stays ended in the next row.
    this.#row = row.map((item) => (item === END ? END : WAIT));
    return row.map((item) => (item === END ? this.#fill : item));
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#row.filter(isItem).length);
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/** A tuple of one item from each source. */
export type Zipped<S extends readonly unknown[]> = { -readonly [K in keyof S]: ItemOf<S[K]> };

/**
 * Tuples of one item from each source.
 *
 * Emits: when every source has given an item.   Holds: at most one item of each source.
 * Ends: with the shortest source; the others are closed.
 * Fails: at once when a source fails, even if another never gives an item; the others are closed.
 *
 * @param args sources, at least one; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(zip(range(0, 3), ['a', 'b']), toArray()) // [[0, 'a'], [1, 'b']]
 */
export function zip<S extends readonly SourceLike<unknown>[]>(...sources: S): Source<Zipped<S>>;
export function zip<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<Zipped<S>>;
export function zip(...args: readonly unknown[]): Source<unknown[]> {
  return junction('zip', args, (inputs) => new ZipPull(inputs));
}

class ZipPull implements Pull<unknown[]> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #empty: readonly Pulled<unknown>[];
  #row: Pulled<unknown>[];

  constructor(inputs: readonly Pull<unknown>[]) {
    this.#inputs = inputs;
    this.#empty = inputs.map(() => WAIT);
    this.#row = this.#empty.slice();
  }

  /** Asks all sources, also after one that has to wait: a later one may fail or end. */
  pull(): Pulled<unknown[]> {
    const row = this.#row;
    let complete = true;
    for (let at = 0; at < row.length; at += 1) {
      if (row[at] === WAIT) row[at] = (this.#inputs[at] as Pull<unknown>).pull();
      if (row[at] === END) return END;
      if (row[at] === WAIT) complete = false;
    }
    if (!complete) return WAIT;
    this.#row = this.#empty.slice();
    return row;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#row.filter((item) => item !== WAIT).length);
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

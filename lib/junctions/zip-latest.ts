import { END, isItem, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { holdsReport, type WaitReport } from '../core/stall/wait-report.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { NameOptions, SourceLike } from '../streams/types.js';
import { MergePull } from './merge.js';
import type { Zipped } from './zip.js';

/**
 * Tuples of the latest item of each source: a new tuple for each item of any source.
 *
 * Emits: for each item, once every source has given one; until then each source is asked for one only. No item is
 * skipped: the sources are asked in turn, and only when a tuple is wanted.
 * Holds: one item of each source.
 * Ends: with the longest source, or with one that ends without an item, since no tuple can come then; all are closed.
 * Fails: at once when a source fails; the others are closed.
 *
 * @param args sources, at least one; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(zipLatest([1, 2, 3], ['a']), toArray()) // [[1, 'a'], [2, 'a'], [3, 'a']]
 */
export function zipLatest<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<Zipped<S>>;
export function zipLatest<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<Zipped<S>>;
export function zipLatest(...args: readonly unknown[]): Source<unknown[]> {
  return junction('zipLatest', args, (inputs) => new ZipLatestPull(inputs));
}

class ZipLatestPull implements Pull<unknown[]> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #merged: MergePull;
  /** The latest item of each source. `WAIT`: none yet; `END`: the source has ended without one. */
  readonly #row: Pulled<unknown>[];
  #missing: number;

  constructor(inputs: readonly Pull<unknown>[]) {
    this.#inputs = inputs;
    this.#missing = inputs.length;
    this.#row = inputs.map(() => WAIT);
    this.#merged = new MergePull(
      inputs.map((input, at) => ({ pull: () => this.#ask(input, at), close: () => {} })),
    );
  }

  pull(): Pulled<unknown[]> {
    for (;;) {
      const item = this.#merged.pull();
      if (item === END || this.#row.includes(END)) return END;
      if (item === WAIT) return WAIT;
      if (this.#missing === 0) return [...this.#row];
    }
  }

  #ask(input: Pull<unknown>, at: number): Pulled<unknown> {
    const given = this.#row[at] !== WAIT;
    if (given && this.#missing > 0) return WAIT;
    const item = input.pull();
    if (!given && item !== WAIT) this.#missing -= 1;
    if (isItem(item) || !given) this.#row[at] = item;
    return item;
  }

  waits(): readonly WaitReport[] {
    return holdsReport(this.#row.filter(isItem).length);
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

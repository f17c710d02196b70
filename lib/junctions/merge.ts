import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/**
 * The items of several sources, as they come.
 *
 * Emits: each item as it comes. The sources are asked in turn, so that a fast one does not starve the others.
 * Holds: nothing.   Ends: when all sources have ended.
 * Fails: at once when a source fails; the others are closed.
 *
 * @param args sources, at least one; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(merge([1, 2, 3], ['a']), toArray()) // [1, 'a', 2, 3]
 */
export function merge<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ItemOf<S[number]>>;
export function merge<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<ItemOf<S[number]>>;
export function merge(...args: readonly unknown[]): Source<unknown> {
  return junction('merge', args, (inputs) => new MergePull(inputs));
}

export class MergePull implements Pull<unknown> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #live: Pull<unknown>[];
  #next = 0;

  constructor(inputs: readonly Pull<unknown>[]) {
    this.#inputs = inputs;
    this.#live = [...inputs];
  }

  pull(): Pulled<unknown> {
    let asked = 0;
    while (asked < this.#live.length) {
      const at = this.#next % this.#live.length;
      const item = (this.#live[at] as Pull<unknown>).pull();
      if (item === END) {
        this.#live.splice(at, 1);
        this.#next = at;
        continue;
      }
      this.#next = at + 1;
      if (item !== WAIT) return item;
      asked += 1;
    }
    return this.#live.length === 0 ? END : WAIT;
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

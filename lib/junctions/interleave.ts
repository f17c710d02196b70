import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/**
 * The items of several sources in strict turns: one of the first, one of the second, and so on, then again.
 *
 * Emits: when the source whose turn it is gives an item.   Holds: nothing.
 * Waits: for the source whose turn it is, also while another has an item; `merge` does not.
 * Ends: with the longest source; one that has ended has no more turns.
 * Fails: when the source whose turn it is fails, or a stream among the others does; all are closed.
 *
 * @param args sources, at least one; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(interleave([1, 2, 3], ['a', 'b']), toArray()) // [1, 'a', 2, 'b', 3]
 */
export function interleave<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ItemOf<S[number]>>;
export function interleave<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<ItemOf<S[number]>>;
export function interleave(...args: readonly unknown[]): Source<unknown> {
  return junction('interleave', args, (inputs) => new InterleavePull(inputs));
}

class InterleavePull implements Pull<unknown> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #live: Pull<unknown>[];
  #turn = 0;

  constructor(inputs: readonly Pull<unknown>[]) {
    this.#inputs = inputs;
    this.#live = [...inputs];
  }

  pull(): Pulled<unknown> {
    for (;;) {
      const input = this.#live[this.#turn];
      if (!input) return END;
      const item = input.pull();
      if (item === WAIT) return WAIT;
      if (item === END) this.#live.splice(this.#turn, 1);
      else this.#turn += 1;
      if (this.#turn >= this.#live.length) this.#turn = 0;
      if (item !== END) return item;
    }
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

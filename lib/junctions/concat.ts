import type { Host } from '../core/protocol/host.js';
import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { Pending } from '../core/pulls/pending.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/**
 * The items of several sources, one source after the other.
 *
 * Emits: as the current source does; the next one is asked when that has ended and is closed.   Holds: nothing.
 * Ends: with the last source.   Fails: when the current source fails, or a stream among the others does; all are
 * closed.
 *
 * @param args sources, at least one; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(concat(range(0, 2), ['a']), toArray()) // [0, 1, 'a']
 */
export function concat<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ItemOf<S[number]>>;
export function concat<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<ItemOf<S[number]>>;
export function concat(...args: readonly unknown[]): Source<unknown> {
  return junction('concat', args, (inputs, _options, host) => new ConcatPull(inputs, host));
}

class ConcatPull implements Pull<unknown> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #closing: Pending<void>;
  #at = 0;

  constructor(inputs: readonly Pull<unknown>[], host: Host) {
    this.#inputs = inputs;
    this.#closing = new Pending(host);
  }

  pull(): Pulled<unknown> {
    for (;;) {
      if (this.#closing.busy) return WAIT;
      if (!this.#closing.free) this.#closing.take();
      const input = this.#inputs[this.#at];
      if (!input) return END;
      const item = input.pull();
      if (item !== END) return item;
      this.#at += 1;
      const closing = input.close();
      if (closing) this.#closing.start(closing);
    }
  }

  close(): void | Promise<void> {
    return closeAll(this.#inputs);
  }
}

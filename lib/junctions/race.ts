import type { Host } from '../core/protocol/host.js';
import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { closeAll } from '../core/pulls/close.js';
import { junction } from '../streams/junction.js';
import type { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';

/**
 * The items of the source that gives one first. The others are closed then, and the items they were making are lost.
 *
 * Emits: as the winner does.   Holds: nothing.   Ends: with the winner; when no source gives an item, with the last.
 * Fails: at once when a source fails before there is a winner; after that, when the winner fails or a loser can't be
 * closed. All are closed.
 *
 * @param args sources, at least one; then, if wanted, options. Of several that give an item at once, the first wins.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no source, or one can't be read.
 * @example
 * await pipeline(race([], ['a', 'b'], [1, 2]), toArray()) // ['a', 'b']
 */
export function race<S extends readonly SourceLike<unknown>[]>(
  ...sources: S
): Source<ItemOf<S[number]>>;
export function race<S extends readonly SourceLike<unknown>[]>(
  ...args: [...sources: S, options: NameOptions]
): Source<ItemOf<S[number]>>;
export function race(...args: readonly unknown[]): Source<unknown> {
  return junction('race', args, (inputs, _options, host) => new RacePull(inputs, host));
}

class RacePull implements Pull<unknown> {
  readonly #inputs: readonly Pull<unknown>[];
  readonly #host: Host;
  /** The sources that may still win. */
  #live: readonly Pull<unknown>[];
  #winner: Pull<unknown> | undefined;
  #losing: Promise<void> | undefined;

  constructor(inputs: readonly Pull<unknown>[], host: Host) {
    this.#inputs = inputs;
    this.#live = inputs;
    this.#host = host;
  }

  pull(): Pulled<unknown> {
    if (this.#winner) return this.#winner.pull();
    for (const input of this.#live) {
      const item = input.pull();
      if (item === WAIT) continue;
      if (item !== END) return this.#win(input, item);
      this.#live = this.#live.filter((other) => other !== input);
    }
    return this.#live.length === 0 ? END : WAIT;
  }

  /** The winner's item does not wait for the losers to be closed, since a loser may be stuck. */
  #win(winner: Pull<unknown>, item: unknown): unknown {
    this.#winner = winner;
    const closing = closeAll(this.#inputs.filter((input) => input !== winner));
    this.#losing = closing?.catch((error: unknown) => this.#host.fail(error));
    return item;
  }

  /** Without a winner, it closes all sources. */
  close(): void | Promise<void> {
    const rest = this.#winner ? [this.#winner, { close: () => this.#losing }] : this.#inputs;
    return closeAll(rest);
  }
}

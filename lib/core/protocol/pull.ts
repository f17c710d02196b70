import type { Waiting } from '../stall/wait-report.js';

/** Nothing now: the loop is woken when there may be something. */
export const WAIT: unique symbol = Symbol('sluice.wait');

/** No more, ever. */
export const END: unique symbol = Symbol('sluice.end');

/** A step's way of saying that an item came to nothing. */
export const SKIP: unique symbol = Symbol('sluice.skip');

/** What a pull answers: an item, or one of two signals. */
export type Pulled<T> = T | typeof WAIT | typeof END;

/**
 * The one protocol between stages: whoever wants an item asks for it. A synchronous item costs a call and no promise;
 * being asked is the demand, so backpressure needs no code of its own.
 */
export interface Pull<T> extends Waiting {
  /** The next item, or a signal. Throws to fail; is not called again after `END`, a throw or `close`. */
  pull(): Pulled<T>;
  /** Lets go of everything held and upstream of it. Safe to call more than once; answers a promise only if it must. */
  close(): void | Promise<void>;
}

export const isItem = <T>(pulled: Pulled<T>): pulled is T => pulled !== WAIT && pulled !== END;

/** A pull whose items are told by their places alone: a generated loop reads them by itself, with the place in hand. */
export interface Indexed<T> extends Pull<T> {
  /** After the last place there may be more items: `pull` tells. */
  readonly refills: boolean;
  /** Nothing else is under way, so `next` says where it is. */
  readonly free: boolean;
  /** The place of the next item. Whoever reads in place has it by heart until he stops or pulls: places only grow. */
  next: number;
  /** The first place that is not to be read, as of now. */
  readonly limit: number;
  /** The item at a place before `limit`, which is read once. */
  at(place: number): T;
  /** Without `refills`: an item that was read is a promise, and the next pull tells what comes of it. */
  suspend?(item: PromiseLike<T>): void;
}

export const isIndexed = <T>(pull: Pull<T>): pull is Indexed<T> => 'refills' in pull;

/** The way of an item that has just come past whatever it would have waited in. */
export interface Passage {
  /** Nothing is under way that an item would have to wait for, once the one before it has been taken. */
  readonly ready: boolean;
  /** True when the next item is wanted at once. */
  pass(item: unknown): boolean;
}

/** A pull that is fed item by item: what comes while an item is waited for goes by the passage, if there is one. */
export interface Passable<T> extends Pull<T> {
  passage: Passage | undefined;
  /** The item in hand, and all that came of it, is done: its ack can be released. */
  passed?(): void;
}

export const isPassable = <T>(pull: Pull<T>): pull is Passable<T> => 'passage' in pull;

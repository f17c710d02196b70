import type { Waiting } from './wait.js';

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

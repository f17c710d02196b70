import type { Context } from './run.js';
import { isThenable } from './thenable.js';

/** A value that a callback carries on from item to item. */
export class Fold<I = never, R = unknown> {
  readonly fn: (value: R, item: I, context: Context) => R | PromiseLike<R>;
  value: R;

  constructor(fn: (value: R, item: I, context: Context) => R | PromiseLike<R>, initial: R) {
    this.fn = fn;
    this.value = initial;
  }

  /** The next value, now or once it is there. */
  take(item: I, context: Context): R | PromiseLike<R> {
    // Without `this`, as a compiled segment calls it.
    const { fn } = this;
    return this.keep(fn(this.value, item, context));
  }

  keep(next: R | PromiseLike<R>): R | PromiseLike<R> {
    if (isThenable(next)) return Promise.resolve(next as PromiseLike<R>).then(this.#set);
    return this.#set(next);
  }

  readonly #set = (value: R): R => {
    this.value = value;
    return value;
  };
}

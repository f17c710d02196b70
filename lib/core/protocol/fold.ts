import { isThenable } from '../base/thenable.js';
import type { Context } from './context.js';

/** A value that a callback carries on from item to item. */
export class Fold<I = never, R = unknown> {
  readonly fn: (value: R, item: I, context: Context) => R | PromiseLike<R>;
  value: R;

  constructor(fn: (value: R, item: I, context: Context) => R | PromiseLike<R>, initial: R) {
    this.fn = fn;
    this.value = initial;
  }

  /** What the callback answers. Without `this`, as a compiled segment calls it. */
  ask(item: I, context: Context): R | PromiseLike<R> {
    const { fn } = this;
    return fn(this.value, item, context);
  }

  /** The next value, now or once it is there. */
  take(item: I, context: Context): R | PromiseLike<R> {
    const next = this.ask(item, context);
    return isThenable(next) ? this.later(next as PromiseLike<R>) : this.keep(next as R);
  }

  later(next: PromiseLike<R>): Promise<R> {
    return Promise.resolve(next).then(this.keep);
  }

  readonly keep = (value: R): R => {
    this.value = value;
    return value;
  };
}

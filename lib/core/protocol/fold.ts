import { isThenable } from '../base/thenable.js';
import type { Context } from './context.js';

/** A value that a callback computes anew with each item, as `reduce` and `scan` do. */
export class Fold<I = never, R = unknown> {
  readonly fn: (value: R, item: I, context: Context) => R | PromiseLike<R>;
  value: R;

  constructor(fn: (value: R, item: I, context: Context) => R | PromiseLike<R>, initial: R) {
    this.fn = fn;
    this.value = initial;
  }

  /** Calls the callback without keeping its result. It gets no `this`, as in generated code. */
  ask(item: I, context: Context): R | PromiseLike<R> {
    const { fn } = this;
    return fn(this.value, item, context);
  }

  /** Calls the callback and keeps its result, or that of its promise. */
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

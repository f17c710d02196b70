import { isThenable } from '../base/thenable.js';
import type { Context } from './context.js';

/** The value of a fold without an initial value, before its first item. */
export const NONE: unique symbol = Symbol('sluice.none');

type FoldFunction<I, R> = (value: R, item: I, context: Context) => R | PromiseLike<R>;

/** Makes a fold begin with its first item, as `Array.prototype.reduce` does without an initial value. */
export const fromFirst =
  <I, R>(fn: FoldFunction<I, R>): FoldFunction<I, R> =>
  (value, item, context) =>
    (value as unknown) === NONE ? (item as unknown as R) : fn(value, item, context);

/** A value that a callback computes anew with each item, as `reduce` and `scan` do. */
export class Fold<I = never, R = unknown> {
  readonly fn: FoldFunction<I, R>;
  value: R;

  constructor(fn: FoldFunction<I, R>, initial: R) {
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

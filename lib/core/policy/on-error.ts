import { ArgumentError } from '../base/errors.js';
import type { Context } from '../protocol/context.js';
import { DeadLetter } from './dead-letter.js';

/**
 * Answers in the place of a callback that has failed: what it answers, or a promise of that, is taken for the
 * callback's own answer. Called with the error that was thrown, the item and `{ signal }`.
 */
export type Handler<I, R> = (error: unknown, item: I, context: Context) => R | PromiseLike<R>;

/**
 * What becomes of an item that a callback fails on. `fail`: the run fails. `skip`: the item is dropped. A function
 * answers in the callback's place. A `deadLetter` takes the item with its error; it is dropped here.
 */
export type OnError<I, R> = 'fail' | 'skip' | Handler<I, R> | DeadLetter<I>;

/** Checks a policy at the call. */
export function validateOnError(who: string, value: unknown): void {
  if (
    value === 'fail' ||
    value === 'skip' ||
    typeof value === 'function' ||
    value instanceof DeadLetter
  )
    return;
  throw new ArgumentError(
    `${who}: onError must be 'fail', 'skip', a function or a deadLetter, got ${inWords(value)}`,
  );
}

const inWords = (value: unknown): string =>
  value === null || typeof value !== 'object' ? String(value) : 'an object';

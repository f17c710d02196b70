import { ArgumentError } from '../base/errors.js';
import type { Context } from '../protocol/context.js';
import { DEAD_LETTER, DeadLetter } from './dead-letter.js';

/**
 * Answers in place of a callback that has failed: its answer, or the value of its promise, counts as the callback's. It
 * is called with the error that was thrown, the item and `{ signal }`.
 */
export type Handler<I, R> = (error: unknown, item: I, context: Context) => R | PromiseLike<R>;

/**
 * What is done with an item that a callback fails on. `fail`: the run fails. `skip`: the item is dropped. A function
 * answers in the callback's place. A `deadLetter` gets the item and its error; the item is dropped from the pipeline.
 */
export type OnError<I, R> = 'fail' | 'skip' | Handler<I, R> | DeadLetter<I>;

/** Checks an `onError` option at the call. */
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

/** A dead letter shares the loop and the acks of its stages, so it can't be another copy's. */
function inWords(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return DEAD_LETTER in value ? 'a deadLetter of another copy of sluice' : 'an object';
}

import { NullItemError } from '../base/errors.js';
import { suppress } from '../base/suppress.js';
import { attempt, isThenable } from '../base/thenable.js';
import type { Context } from '../protocol/context.js';
import { SKIP } from '../protocol/pull.js';
import { validateItems } from '../pulls/iterable-pull.js';
import { DeadLetter } from './dead-letter.js';
import { DeadLetterWriter } from './dead-letter-writer.js';
import { type Handler, type OnError, validateOnError } from './on-error.js';
import { type Recover, RecoveringIterator } from './recovering-iterator.js';
import { Retry, type RetryOptions } from './retry.js';

/** The options of a callback that say what is done when it fails. */
export interface Policies<I = never, R = unknown> {
  /** Default `fail`. */
  readonly onError?: OnError<I, R> | undefined;
  /**
   * Calls the callback again, with the same arguments, when it throws or rejects; the item keeps its place. When all
   * attempts have failed, `onError` gets the last error; the errors before it, at most ten, are in its `suppressed`. In
   * `flatMap`, a failure while the answer is read is not retried. Default: one attempt.
   */
  readonly retry?: RetryOptions | undefined;
}

/** The names of these options. */
export const POLICIES = ['onError', 'retry'] as const;

type AnyFunction = (...args: never[]) => unknown;
type Call = (...args: unknown[]) => unknown;

/** Handles a failure of the callback and answers in its place. Throws to fail; throws `SKIP` to drop the item. */
export type Failed = (error: unknown) => unknown;

/**
 * Checks the callback's answer and makes it what the operator needs. Throws if it can't. A failure that comes later,
 * while the answer is read, goes to `failed`.
 */
type Accept = (answer: unknown, failed: Failed) => unknown;

const asItIs: Accept = (answer) => answer;

/** The answer must be an item. */
export const anItem: Accept = (answer) => {
  if (answer === null) throw new NullItemError();
  return answer;
};

/** The answer must be any number of items. */
export const itsItems: Accept = (answer, failed) => {
  validateItems(answer);
  return new RecoveringIterator(answer, failed as Recover<unknown>);
};

/**
 * A user's callback with its policies. An operator calls `fn` instead of it, with the same arguments; the last two are
 * the item and the context. Without policies, `fn` is the callback itself.
 */
export class Callback<F extends AnyFunction> {
  readonly fn: F;
  /** True if the callback has no policies. */
  readonly plain: boolean;
  /** Whether `fn` may throw `SKIP` to drop an item. */
  readonly drops: boolean;
  readonly letters: DeadLetterWriter | undefined;
  readonly #retry: Retry | undefined;
  #over = false;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT, beginning with `who`: an option is out of range. */
  constructor(who: string, fn: F, options: Policies | undefined, accept: Accept = asItIs) {
    const { onError = 'fail', retry } = options ?? {};
    validateOnError(who, onError);
    this.#retry = retry === undefined ? undefined : new Retry(who, retry);
    this.plain = onError === 'fail' && !retry;
    this.letters = onError instanceof DeadLetter ? new DeadLetterWriter(onError) : undefined;
    this.drops = onError === 'skip' || this.letters !== undefined;
    const tried = this.#retry ? this.#retry.wrap(fn as unknown as Call) : (fn as unknown as Call);
    const guarded =
      onError === 'fail' ? tried : this.#guarded(tried, this.#handler(onError), accept);
    this.fn = guarded as unknown as F;
  }

  /** Called when the stage is closed: from now on failures are not handled and not retried. */
  readonly close = (): void => {
    this.#over = true;
    this.#retry?.close();
  };

  #handler(onError: Exclude<OnError<never, unknown>, 'fail'>): Handler<unknown, unknown> {
    if (onError === 'skip') return skip;
    return this.letters?.write ?? (onError as Handler<unknown, unknown>);
  }

  /** Runs for each item, so the handling of failures is only set up when a call fails, or may fail later. */
  #guarded(call: Call, handler: Handler<unknown, unknown>, accept: Accept): Call {
    const failing = (a: unknown, b: unknown, c: unknown): Failed => {
      const [item, context] = (c === undefined ? [a, b] : [b, c]) as [unknown, Context];
      return (error) => this.#recover(error, item, context, handler, accept);
    };
    const reads = accept === itsItems;
    // The callback has two or three arguments. A rest array would be one more object for each item.
    return (a: unknown, b: unknown, c?: unknown) => {
      try {
        const answer = c === undefined ? call(a, b) : call(a, b, c);
        const later = isThenable(answer);
        if (!later && !reads) return accept(answer, rethrow);
        const failed = failing(a, b, c);
        if (!later) return accept(answer, failed);
        return Promise.resolve(answer).then((value) => taken(value, accept, failed), failed);
      } catch (error) {
        return failing(a, b, c)(error);
      }
    };
  }

  #recover(
    error: unknown,
    item: unknown,
    context: Context,
    handler: Handler<unknown, unknown>,
    accept: Accept,
  ): unknown {
    if (this.#over || context.signal.aborted) throw error;
    const failedAgain = (later: unknown): never => {
      suppress(later, error);
      throw later;
    };
    const answered = (answer: unknown) => {
      if (answer === SKIP) throw SKIP;
      return taken(answer, accept, failedAgain);
    };
    return attempt(() => handler(error, item, context), answered, failedAgain);
  }
}

/** For an answer that can't fail later. */
const rethrow: Failed = (error) => {
  throw error;
};

function taken(answer: unknown, accept: Accept, failed: Failed): unknown {
  try {
    return accept(answer, failed);
  } catch (error) {
    return failed(error);
  }
}

const skip = (): typeof SKIP => SKIP;

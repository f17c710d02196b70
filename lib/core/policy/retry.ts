import { ArgumentError, suppress } from '../base/errors.js';
import { isThenable } from '../base/thenable.js';
import {
  LONGEST_MS,
  validateCount,
  validateKnown,
  validateMs,
  validateWithin,
} from '../base/validate.js';
import type { Context, LazyContext } from '../protocol/context.js';
import { nowMs } from '../time/clock.js';
import { SLICE_MS } from '../time/event-loop.js';

/** How often, and how soon, a callback is called again with an item that it fails on. */
export interface RetryOptions {
  /** How many times it is called in all, at most; an integer from 1. */
  readonly attempts: number;
  /** How long to wait before the second call, in ms; from 0. Default 0: it follows at once. */
  readonly delayMs?: number | undefined;
  /** What the wait is multiplied by from one call to the next; from 1. Default 2. */
  readonly factor?: number | undefined;
  /** The longest wait, in ms; from 0. Default 2^31 - 1, the longest that a timer can wait. */
  readonly maxDelayMs?: number | undefined;
  /** How much of a wait is left to chance, from 0 to 1: with 0.5, it lasts from half of it to all of it. Default 0. */
  readonly jitter?: number | undefined;
}

const NAMES = ['attempts', 'delayMs', 'factor', 'maxDelayMs', 'jitter'] as const;

/** How many errors are kept of the attempts before the last. */
const KEPT = 10;

type Call = () => unknown;

/**
 * Calls a callback again when it fails. It throws the error of the last attempt; those of the ones before are suppressed
 * by it. As long as nothing fails, or has to wait, it is as synchronous as the callback is; attempts that go on for long
 * wait for the event loop to turn.
 */
export class Retry {
  readonly #options: { readonly [K in keyof RetryOptions]-?: number };
  /** How to end each wait. */
  readonly #waits = new Map<NodeJS.Timeout, () => void>();
  #over = false;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT, beginning with `who`: an option is out of range. */
  constructor(who: string, options: RetryOptions) {
    if (typeof options !== 'object' || options === null)
      throw new ArgumentError(`${who}: retry must be an object, got ${String(options)}`);
    validateKnown(`${who}: retry`, options, NAMES);
    const { attempts, delayMs = 0, factor = 2, maxDelayMs = LONGEST_MS, jitter = 0 } = options;
    validateCount(who, 'retry.attempts', attempts, 1);
    validateMs(who, 'retry.delayMs', delayMs);
    validateWithin(who, 'retry.factor', factor, 1, Number.MAX_VALUE);
    validateMs(who, 'retry.maxDelayMs', maxDelayMs);
    validateWithin(who, 'retry.jitter', jitter, 0, 1);
    this.#options = { attempts, delayMs, factor, maxDelayMs, jitter };
  }

  /** `fn`, tried again; its last argument is the context. */
  wrap(fn: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    return (...args) => {
      const call = () => fn(...args);
      const failures = new Failures(args.at(-1) as Context);
      for (;;) {
        try {
          const answer = call();
          return isThenable(answer) ? this.#settle(answer, call, failures) : answer;
        } catch (error) {
          const waiting = this.#next(failures, error);
          if (waiting) return this.#settle(waiting.then(call), call, failures);
        }
      }
    };
  }

  /** Nobody wants the answer any more: what waits is given up, what is under way is not tried again. */
  close(): void {
    this.#over = true;
    for (const [timer, end] of this.#waits) {
      clearTimeout(timer);
      end();
    }
    this.#waits.clear();
  }

  async #settle(first: PromiseLike<unknown>, call: Call, failures: Failures): Promise<unknown> {
    for (let answer = first; ; answer = Promise.resolve().then(call)) {
      try {
        return await answer;
      } catch (error) {
        await this.#next(failures, error);
      }
    }
  }

  /** What the next attempt has to wait for, if for anything; throws when there is none. */
  #next(failures: Failures, error: unknown): Promise<void> | undefined {
    failures.add(error);
    const { attempts, delayMs, factor, maxDelayMs, jitter } = this.#options;
    if (failures.count >= attempts || this.#unwanted(failures)) failures.fail();
    const longest = Math.min(maxDelayMs, delayMs * factor ** (failures.count - 1));
    const waitMs = longest * (1 - jitter * Math.random());
    if (waitMs > 0) return this.#wait(waitMs, failures);
    return failures.sliceOver ? this.#turn(failures) : undefined;
  }

  #unwanted({ context }: Failures): boolean {
    return this.#over || context.signal.aborted;
  }

  /** Lets timers and signals be heard. */
  async #turn(failures: Failures): Promise<void> {
    await new Promise((end) => setImmediate(end));
    if (this.#unwanted(failures)) failures.fail();
  }

  /** Fails at once when nobody wants the answer any more: a stage that is closed waits for its calls. */
  async #wait(ms: number, failures: Failures): Promise<void> {
    await new Promise<void>((end) => {
      const timer = setTimeout(() => {
        this.#waits.delete(timer);
        end();
      }, ms);
      this.#waits.set(timer, end);
    });
    if (this.#over) failures.fail();
  }
}

/** What the attempts at one item have failed with. */
class Failures {
  readonly context: Context;
  count = 0;
  /** The latest of them. */
  readonly #errors: unknown[] = [];
  #sliceBegan = 0;

  constructor(context: Context) {
    this.context = context;
  }

  add(error: unknown): void {
    this.count += 1;
    this.#errors.push(error);
    if (this.#errors.length > KEPT + 1) this.#errors.shift();
  }

  /** Whether the event loop is to turn; one that is read synchronously can't. */
  get sliceOver(): boolean {
    if ((this.context as Partial<LazyContext>).synchronous) return false;
    const now = nowMs();
    if (this.count === 1) this.#sliceBegan = now;
    if (now - this.#sliceBegan < SLICE_MS) return false;
    this.#sliceBegan = now;
    return true;
  }

  fail(): never {
    const last = this.#errors.pop();
    for (const error of this.#errors) suppress(last, error);
    throw last;
  }
}

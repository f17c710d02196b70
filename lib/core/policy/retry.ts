import { ArgumentError } from '../base/errors.js';
import { suppress } from '../base/suppress.js';
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

/** How often, and how soon, a callback that fails is called again with the same item. */
export interface RetryOptions {
  /** The most calls in all; an integer from 1. */
  readonly attempts: number;
  /** The wait before the second call, in ms; from 0. Default 0: no wait. */
  readonly delayMs?: number | undefined;
  /** The factor by which the wait grows from one call to the next; from 1. Default 2. */
  readonly factor?: number | undefined;
  /** The longest wait, in ms; from 0. Default 2^31 - 1, the longest that a timer can wait. */
  readonly maxDelayMs?: number | undefined;
  /** The random part of a wait, from 0 to 1: with 0.5, a wait lasts from half of its length to all of it. Default 0. */
  readonly jitter?: number | undefined;
}

const NAMES = ['attempts', 'delayMs', 'factor', 'maxDelayMs', 'jitter'] as const;

/** How many errors of the attempts before the last are kept. */
const KEPT = 10;

type Call = () => unknown;

/**
 * Calls a callback again when it fails. When all attempts fail, it throws the last error; the earlier ones are in its
 * `suppressed`. A callback that succeeds synchronously stays synchronous. Attempts without a wait that go on for long
 * let the event loop turn in between.
 */
export class Retry {
  readonly #options: { readonly [K in keyof RetryOptions]-?: number };
  /** The function that ends each wait early. */
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

  /** Wraps `fn`, whose last argument is the context. */
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

  /** Called when the answer is no longer wanted: waits end at once, and a failed call is not repeated. */
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

  /** Returns the wait before the next attempt, if there is one; throws when there is no next attempt. */
  #next(failures: Failures, error: unknown): Promise<void> | undefined {
    failures.add(error);
    const { attempts, delayMs, factor, maxDelayMs, jitter } = this.#options;
    if (failures.count >= attempts || this.#isCancelled(failures)) failures.fail();
    const longest = Math.min(maxDelayMs, delayMs * factor ** (failures.count - 1));
    const waitMs = longest * (1 - jitter * Math.random());
    if (waitMs > 0) return this.#wait(waitMs, failures);
    return failures.sliceOver ? this.#turn(failures) : undefined;
  }

  #isCancelled({ context }: Failures): boolean {
    return this.#over || context.signal.aborted;
  }

  /** Lets the event loop turn, so that timers and signals are handled. */
  async #turn(failures: Failures): Promise<void> {
    await new Promise((end) => setImmediate(end));
    if (this.#isCancelled(failures)) failures.fail();
  }

  /** Waits. `close` ends the wait, and the call fails at once: a stage that is closed waits for its calls. */
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

/** The errors of the attempts for one item. */
class Failures {
  readonly context: Context;
  count = 0;
  /** The latest errors. */
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

  /** Whether to let the event loop turn now. Never in a synchronous `pull()`, which can't wait. */
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

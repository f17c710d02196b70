import { ArgumentError } from '../core/base/errors.js';
import { isThenable } from '../core/base/thenable.js';
import { validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES, type Policies } from '../core/policy/callback.js';
import { DeadLetter } from '../core/policy/dead-letter.js';
import type { Handler } from '../core/policy/on-error.js';
import { type Context, LazyContext } from '../core/protocol/context.js';
import type { Host } from '../core/protocol/host.js';
import { END, type Pull, type Pulled, WAIT } from '../core/protocol/pull.js';
import { Pending } from '../core/pulls/pending.js';
import { source } from '../streams/define.js';
import type { Source } from '../streams/source.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `generate`. */
export interface GenerateOptions<T> extends NameOptions, Policies<T, T | null> {
  /**
   * What happens when `next` fails on an item. A function returns the next item instead. There is no `skip`, because
   * the next item is made from the current one.
   */
  readonly onError?: 'fail' | Handler<T, T | null> | undefined;
}

/**
 * Emits `initial`, then what `next` returns for the item before: numbers, the pages of an HTTP API, a linked list.
 *
 * Emits: an item whenever one is asked for, and calls `next` only then.   Waits: while a promise of `next` is pending.
 * Ends: at the first `null`, the end mark of Node streams; otherwise never. When `initial` is `null`, it emits nothing.
 * Fails: when `next` throws or rejects.
 *
 * @param initial the first item.
 * @param next called with `(item, { signal })`; returns the item after it, `null`, or a promise of either.
 * @param options `retry` and `onError` say what happens when `next` fails on an item.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `next` is no function, or an option is out of range.
 * @example
 * await pipeline(generate(1, (x) => x * 2), take(4), toArray()) // [1, 2, 4, 8]
 * await pipeline(generate(3, (x) => (x > 0 ? x - 1 : null)), toArray()) // [3, 2, 1, 0]
 */
export function generate<T>(
  initial: T | null,
  next: (item: T, context: Context) => T | null | PromiseLike<T | null>,
  options?: GenerateOptions<T>,
): Source<T> {
  validateFunction('generate', 'next', next);
  validateOptions('generate', options, POLICIES);
  validateNoSkip(options?.onError);
  const callback = new Callback('generate', next, options);
  const after = callback.fn;
  const open = (host: Host): Pull<T> => {
    const context = new LazyContext(host.context);
    const awaiting = new Pending<T | null>(host, context);
    let begun = false;
    let last: T;
    const advance = (): T | null | PromiseLike<T | null> => {
      if (begun) return after(last, context);
      begun = true;
      return initial;
    };
    const toPulled = (item: T | null): Pulled<T> => {
      if (item === null) return END;
      last = item;
      return item;
    };
    const pull = (): Pulled<T> => {
      if (awaiting.busy) return WAIT;
      const item = awaiting.free ? advance() : awaiting.take();
      if (!isThenable(item)) return toPulled(item as T | null);
      awaiting.start(item as PromiseLike<T | null>);
      return WAIT;
    };
    const close = (): void | Promise<void> => {
      callback.close();
      context.abort();
      return awaiting.close();
    };
    const waits = () => awaiting.waits('what its callback has promised');
    return { pull, waits, close };
  };
  return source<T>('generate', { open }, options, next);
}

function validateNoSkip(onError: unknown): void {
  if (onError !== 'skip' && !(onError instanceof DeadLetter)) return;
  throw new ArgumentError(
    "generate: onError must be 'fail' or a function: the next item is made from the current one, so no item can be skipped",
  );
}

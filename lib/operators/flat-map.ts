import { validateFunction, validateOptions } from '../core/base/validate.js';
import { ConcurrentPull } from '../core/concurrency/concurrent-pull.js';
import {
  CONCURRENCY,
  type ConcurrencyOptions,
  readConcurrency,
} from '../core/concurrency/options.js';
import { Callback, itsItems, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { openItems } from '../core/pulls/iterable-pull.js';
import { stage, through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions, Replaced } from '../streams/types.js';

/** Options of `flatMap`. */
export interface FlatMapOptions<I, R = never>
  extends CallbackOptions<I, Items<R>>,
    ConcurrencyOptions<I> {}

/**
 * Calls `fn` with each item and emits the items of the iterable that it returns. This is an iterable or async iterable,
 * finite or not, or a promise of one. With `concurrency`, up to that many iterables are read at the same time.
 *
 * Emits: the items of one iterable after the other, each when it is asked for. With `concurrency` and an `order` of
 * `completion` or by key, it takes turns between the iterables that have an item.
 * Holds: with `concurrency` at most one item of each open iterable, and with an `order` by key at most `concurrency`
 * items that wait for their key.
 * Waits: while a promise is pending. With `concurrency`, while that many iterables are open and none has an item that
 * may be emitted in this `order`.
 * Fails: when `fn` or its iterable throws or rejects, or when `fn` returns anything else. The open iterables are closed
 * when the run ends. With `concurrency`, a failure also aborts the signals of the other calls and drops the held items.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * the items to emit instead, or the rest of them when some have been read. `retry` repeats only the call: an error
 * while the iterable is read, such as any error of a generator function, is not retried. With `concurrency`, a retried
 * call counts as one of the calls in progress. An error in `order` fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(['a b', 'c'], flatMap((words) => words.split(' ')), toArray()) // ['a', 'b', 'c']
 * await pipeline([1, 3], flatMap(async (x) => [x, x + 1], { concurrency: 2 }), toArray()) // [1, 2, 3, 4]
 */
export function flatMap<I, O, R = never>(
  fn: (item: I, context: Context) => Items<O> | PromiseLike<Items<O>>,
  options?: FlatMapOptions<I, R>,
): Stage<I, O | Replaced<R>> {
  validateFunction('flatMap', 'fn', fn);
  validateOptions('flatMap', options, [...CONCURRENCY, ...POLICIES]);
  const concurrency = readConcurrency('flatMap', options);
  const callback = new Callback('flatMap', fn, options, itsItems);
  if (!concurrency)
    return stage<I, O | R>('flatMap', { expand: callback.fn }, options, fn, callback);
  const work = { call: callback.fn, open: openItems<O | R>, letters: callback.letters };
  return through<I, O | R>(
    'flatMap',
    (upstream, host, ref) => new ConcurrentPull<I, O | R>(upstream, host, ref, work, concurrency),
    options,
    fn,
    callback,
  );
}

type Items<O> = Iterable<O | PromiseLike<O>> | AsyncIterable<O>;

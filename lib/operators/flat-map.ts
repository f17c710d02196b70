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
 * The items of what `fn` makes of each item: an iterable or async iterable, finite or not, or a promise of one. With
 * `concurrency`, up to that many of them are read side by side.
 *
 * Emits: the items of each in turn, one at a time, as they are asked for. With `concurrency` and an `order` of
 * `completion` or by key, an item of whichever has one, in turn.   Holds: with `concurrency` at most one item of each of
 * that many iterables, and with an `order` by key at most that many items that wait for their key.
 * Waits: while a promise is pending; with `concurrency`, while that many iterables are open and give nothing, or what they
 * give waits for a slower one before them.
 * Fails: when `fn` or its iterable throws or rejects, or `fn` answers something else. When the run ends, the iterables
 * at hand are closed. With `concurrency`, the signals of the other calls abort then, and what is held is dropped.
 *
 * @param fn called with `(item, { signal })`.
 * @param options `retry` and `onError` say what becomes of an item that `fn` fails on. A function answers the items
 * instead, or the rest of them when some have been read. `retry` is for the call alone: what is thrown while its items are
 * read, such as all that a generator function throws, is not tried again. With `concurrency`, a call that is tried again counts
 * as under way; what `order` throws fails the run.
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

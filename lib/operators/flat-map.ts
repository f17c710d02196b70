import { type ConcurrencyOptions, readConcurrency } from '../core/concurrency.js';
import { ConcurrentPull } from '../core/concurrent-pull.js';
import { openItems } from '../core/iterate.js';
import { requireFunction } from '../core/require.js';
import type { Context } from '../core/run.js';
import { stage, through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';

/** Options of `flatMap`. */
export interface FlatMapOptions<I> extends NameOptions, ConcurrencyOptions<I> {}

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
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, `concurrency` or `order` out of range.
 * @example
 * await pipeline(['a b', 'c'], flatMap((words) => words.split(' ')), toArray()) // ['a', 'b', 'c']
 * await pipeline([1, 3], flatMap(async (x) => [x, x + 1], { concurrency: 2 }), toArray()) // [1, 2, 3, 4]
 */
export function flatMap<I, O>(
  fn: (item: I, context: Context) => Items<O> | PromiseLike<Items<O>>,
  options?: FlatMapOptions<I>,
): Stage<I, O> {
  requireFunction('flatMap', 'fn', fn);
  const concurrency = readConcurrency('flatMap', options);
  if (!concurrency) return stage<I, O>('flatMap', { expand: fn }, options, fn);
  const work = { call: fn, open: openItems<O> };
  return through<I, O>(
    'flatMap',
    (upstream, host, ref) => new ConcurrentPull<I, O>(upstream, host, ref, work, concurrency),
    options,
    fn,
  );
}

type Items<O> = Iterable<O | PromiseLike<O>> | AsyncIterable<O>;

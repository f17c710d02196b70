import { validateFunction, validateOptions } from '../core/base/validate.js';
import { ConcurrentPull } from '../core/concurrency/concurrent-pull.js';
import {
  CONCURRENCY,
  type ConcurrencyOptions,
  readConcurrency,
} from '../core/concurrency/options.js';
import { anItem, Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { stage, through } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { CallbackOptions, Replaced } from '../streams/types.js';

/** Options of `map`. */
export interface MapOptions<I, R = never> extends CallbackOptions<I, R>, ConcurrencyOptions<I> {}

/**
 * Calls `fn` with each item and emits the value that it returns. A promise is awaited. With `concurrency`, up to that
 * many calls are in progress at once.
 *
 * Emits: one item for each input item, in input order or as `order` says.   Holds: with `concurrency` at most that many
 * results, and with an `order` by key at most that many items that wait for their key.
 * Waits: while a promise of `fn` is pending. With `concurrency`, while that many promises are pending, or that many
 * results wait for a slower one before them or for the reader.
 * Fails: when `fn` throws or rejects, or returns `null`. With `concurrency`, a failure at once aborts the signals of
 * the other calls and drops the results it holds. A run that is over waits up to 100 ms for calls in progress.
 *
 * @param fn called with `(item, { signal })`. No index is passed, so `map(parseInt)` is safe. TypeScript rejects it,
 * because a context is no radix; there it is `map((text: string) => parseInt(text))`.
 * @param options `retry` and `onError` say what happens to an item that `fn` fails on. An `onError` function returns
 * the item to emit instead. With `concurrency`, a retried call counts as one of the calls in progress. An error in
 * `order` fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `fn` is no function, or an option is out of range.
 * @example
 * await pipeline(range(0, 3), map((x) => x * x), toArray()) // [0, 1, 4]
 * await pipeline(['1', '{'], map((s) => JSON.parse(s), { onError: 'skip' }), toArray()) // [1]
 * await pipeline(range(0, 3), map(async (x) => x * x, { concurrency: 2 }), toArray()) // [0, 1, 4]
 */
export function map<I, O, R = never>(
  fn: (item: I, context: Context) => O | PromiseLike<O>,
  options?: MapOptions<I, R>,
): Stage<I, O | Replaced<R>> {
  validateFunction('map', 'fn', fn);
  validateOptions('map', options, [...CONCURRENCY, ...POLICIES]);
  const concurrency = readConcurrency('map', options);
  const callback = new Callback('map', fn, options, anItem);
  if (!concurrency) return stage<I, O | R>('map', { map: callback.fn }, options, fn, callback);
  const work = { call: callback.fn, letters: callback.letters };
  return through<I, O | R>(
    'map',
    (upstream, host, ref) => new ConcurrentPull<I, O | R>(upstream, host, ref, work, concurrency),
    options,
    fn,
    callback,
  );
}

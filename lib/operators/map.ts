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
 * What `fn` makes of each item; a promise is waited for. With `concurrency`, up to that many calls are under way.
 *
 * Emits: one item for each, in order, or as `order` says.   Holds: with `concurrency` at most that many results, and
 * with an `order` by key at most that many items that wait for their key.
 * Waits: while a promise of `fn` is pending; with `concurrency`, while that many are, or that many results wait for a
 * slower one before them or for the reader.
 * Fails: when `fn` throws or rejects, or answers `null`. With `concurrency` at once: the signals of the other calls abort,
 * results that are held are dropped. A run that is over waits up to 100 ms for calls that are under way.
 *
 * @param fn called with `(item, { signal })`. As no index comes with an item, `map(parseInt)` is safe; to TypeScript, for
 * which a context is no radix, it is `map((text: string) => parseInt(text))`.
 * @param options `retry` and `onError` say what becomes of an item that `fn` fails on. A function answers the item
 * instead. With `concurrency`, a call that is tried again counts as under way; what `order` throws fails the run.
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

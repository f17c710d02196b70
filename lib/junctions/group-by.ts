import { refusePromise } from '../core/base/thenable.js';
import {
  validateCount,
  validateFunction,
  validateOneOf,
  validateOptions,
} from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { nameOf } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { Asked, CallbackOptions, SinkLike } from '../streams/types.js';
import { BranchDrain } from './branches/branch-drain.js';
import { keyedBranchOf } from './branches/branch-of.js';
import { plain } from './branches/branch-policy.js';
import { AgingGroups, Groups } from './branches/groups.js';
import { pickBy, routed } from './branches/routed.js';

type KeyFunction<T, K> = (item: T, context: Context) => K | PromiseLike<K>;
type MakeSink<T, K, R, X> = (key: K, context: Context) => SinkLike<T, R, X>;

/** Options of `groupBy`. */
export interface GroupByOptions<W extends 'fail' | 'end-oldest' = 'fail', T = unknown, K = never>
  extends CallbackOptions<T, K> {
  /** How many groups may be open; an integer from 1. Default 1024. */
  readonly groups?: number | undefined;
  /**
   * What is done when one group more would be opened: `fail`, or `end-oldest`, which first ends the group that has had
   * no item for the longest time. Default `fail`.
   */
  readonly when?: W | undefined;
  /** How many items may wait for a group; an integer from 1. Default 16. */
  readonly buffer?: number | undefined;
}

/**
 * Gives each item to the sink of its key, which `make` makes when the key first comes. Results in a `Map` of key to
 * result, in the order in which the keys came. With `end-oldest` it maps a key to the array of the results of its
 * groups; results that are undefined are left out, and so is a key without any result.
 *
 * Emits: each item to one group, in order.
 * Holds: at most `groups` open groups, `buffer` items for each, and the current item; and the results, so with
 * `end-oldest` as many as there have been groups, and none of sinks without a result (`drain`, `forEach`).
 * Waits: while `buffer` items wait for the group of the current item, a promise of `key` is pending, or the oldest
 * group is ending. A group that has ended early counts as open, and drops the items it gets.
 * Ends: with its input, when all groups have ended.
 * Fails: when `key` or `make` does; with a `BoundError` ERR_SLUICE_BOUND when there would be too many groups; when a
 * group fails, with that group's error. The others are closed.
 *
 * @param key called with `(item, { signal })`; may answer a promise. Keys are compared as in a `Map`.
 * @param make called with `(key, { signal })`: a new sink for each call.
 * @param options `retry` and `onError` say what is done with an item that `key` fails on. A function answers the key; a
 * skipped item goes to no group. An error of `make` fails the run.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `key` or `make` is no function, or an option is out of
 * range.
 * @example
 * await pipeline(['a', 'bb', 'c'], groupBy((s) => s.length, () => toArray())) // new Map([[1, ['a', 'c']], [2, ['bb']]])
 */
export function groupBy<I, K, R = void, X = unknown, T = I>(
  key: KeyFunction<Asked<T, I>, K>,
  make: MakeSink<Asked<T, I>, K, R, X>,
  options?: GroupByOptions<'fail', NoInfer<Asked<T, I>>, NoInfer<K>>,
): Sink<T, Map<K, R>, X>;
export function groupBy<I, K, R = void, X = unknown, T = I>(
  key: KeyFunction<Asked<T, I>, K>,
  make: MakeSink<Asked<T, I>, K, R, X>,
  options: GroupByOptions<'end-oldest', NoInfer<Asked<T, I>>, NoInfer<K>>,
): Sink<T, Map<K, R[]>, X>;
export function groupBy<T, K>(
  key: KeyFunction<T, K>,
  make: MakeSink<T, K, unknown, unknown>,
  options?: GroupByOptions<'fail' | 'end-oldest', T, K>,
): Sink<T, unknown> {
  validateFunction('groupBy', 'key', key);
  validateFunction('groupBy', 'make', make);
  validateOptions('groupBy', options, ['groups', 'when', 'buffer', ...POLICIES]);
  const name = nameOf('groupBy', options, key);
  const callback = new Callback('groupBy', key, options);
  const { groups = 1024, when = 'fail', buffer = 16 } = options ?? {};
  validateCount('groupBy', 'groups', groups, 1);
  validateOneOf('groupBy', 'when', when, ['fail', 'end-oldest']);
  validateCount('groupBy', 'buffer', buffer, 1);
  const open = (opened: unknown, context: Context) => {
    const sink: unknown = make(opened as K, context);
    refusePromise(sink, 'a sink of make');
    return keyedBranchOf(opened, 'groupBy', sink, plain(buffer));
  };
  const drain: BranchDrain = new BranchDrain(name, [], {
    pick: pickBy(callback, (of, context) => all.pick(of, context)),
    ready: () => true,
    lasts: true,
    result: (results) => all.results(results),
  });
  const all =
    when === 'fail' ? new Groups(drain, open, groups) : new AgingGroups(drain, open, groups);
  return routed(drain, callback);
}

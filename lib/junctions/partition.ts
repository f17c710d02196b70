import { ArgumentError, RouteError } from '../core/base/errors.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { Context } from '../core/protocol/context.js';
import { nameOf } from '../streams/define.js';
import type { Sink } from '../streams/sink.js';
import type { Asked, CallbackOptions, Hint, SinkLike } from '../streams/types.js';
import { BranchDrain } from './branches/branch-drain.js';
import { keyedBranchOf } from './branches/branch-of.js';
import { type Policy, plain } from './branches/branch-policy.js';
import type { FedBranch } from './branches/fed-branch.js';
import { pickBy, routed } from './branches/routed.js';
import type { Picked } from './branches/rule.js';

/** Options of `partition`. */
export interface PartitionOptions<T = unknown, K = never> extends CallbackOptions<T, K> {
  /** How many items may wait for a branch; an integer from 1. Default 64. */
  readonly buffer?: number | undefined;
}

type Route<T, K> = (item: T, context: Context) => K | PromiseLike<K>;
type Sinks<T, R, X> = { readonly [K in keyof R]: SinkLike<T, R[K], X> };

/** What `route` may return if the branches have these keys. */
type KeyAmong<K> = 'otherwise' extends K
  ? unknown
  : K extends `${infer N extends number}`
    ? K | N
    : K;

/**
 * Gives each item to the branch that `route` chooses: one of two sinks by a predicate, or one of an object or `Map` of
 * sinks by a key. Results in the pair of results, or in an object or `Map` of them.
 *
 * Emits: each item to one branch, in order. An item whose key has no branch goes to the branch `otherwise`.
 * Holds: at most `buffer` items for each branch, and the current item.
 * Waits: while `buffer` items wait for the branch of the current item, or a promise of `route` is pending. A branch
 * that has ended early drops the items it gets, and the others go on.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when `route` does; with a `RouteError` ERR_SLUICE_ROUTE at an item whose key has no branch, when there is no
 * `otherwise` either; when a branch fails, with that branch's error. The others are closed.
 *
 * @param route called with `(item, { signal })`; may answer a promise.
 * @param yes the sink of the items for which `route` returns a truthy value.
 * @param no the sink of all other items.
 * @param branches the sinks by the keys that `route` returns, and `otherwise`.
 * @param options `retry` and `onError` say what is done with an item that `route` fails on. A function answers in its
 * place; a skipped item goes to no branch.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `route` is no function, there is no branch, one is no sink,
 * or an option is out of range.
 * @example
 * await pipeline(range(0, 5), partition((x) => x % 2 === 0, toArray(), count())) // [[0, 2, 4], 2]
 * await pipeline(['a', 'bb', ''], partition((s) => s.length, { 1: toArray(), otherwise: count() })) // { 1: ['a'], otherwise: 2 }
 */
export function partition<I, R1 = void, R2 = void, X1 = unknown, X2 = unknown, H = unknown, T = I>(
  route: Route<Asked<T, I>, boolean>,
  yes: SinkLike<Asked<T, I>, R1, X1> | Hint<Sinks<NoInfer<T>, H, unknown>>,
  no: SinkLike<Asked<T, I>, R2, X2> | Hint<PartitionOptions>,
): Sink<T, [R1, R2], X1 | X2>;
export function partition<I, R1 = void, R2 = void, X1 = unknown, X2 = unknown, T = I>(
  route: Route<Asked<T, I>, boolean>,
  yes: SinkLike<Asked<T, I>, R1, X1>,
  no: SinkLike<Asked<T, I>, R2, X2>,
  options: PartitionOptions<NoInfer<Asked<T, I>>, boolean>,
): Sink<T, [R1, R2], X1 | X2>;
export function partition<T, R extends object, X = unknown>(
  route: Route<T, KeyAmong<keyof R>>,
  branches: Sinks<T, R, X>,
  options?: PartitionOptions<NoInfer<T>, KeyAmong<NoInfer<keyof R>>>,
): Sink<T, R, X>;
export function partition<T, K, R, X = unknown>(
  route: Route<T, KeyAmong<NoInfer<K>>>,
  branches: ReadonlyMap<K, SinkLike<NoInfer<T>, R, X>>,
  options?: PartitionOptions<NoInfer<T>, KeyAmong<NoInfer<K>>>,
): Sink<T, Map<K, R>, X>;
export function partition(
  route: Route<unknown, unknown>,
  first: unknown,
  second: unknown,
  third?: PartitionOptions<unknown, unknown>,
): Sink<unknown, unknown> {
  validateFunction('partition', 'route', route);
  const byKey = isTable(first);
  const options = byKey ? (second as typeof third) : third;
  validateOptions('partition', options, ['buffer', ...POLICIES]);
  const { buffer = 64 } = options ?? {};
  validateCount('partition', 'buffer', buffer, 1);
  const name = nameOf('partition', options, route);
  const callback = new Callback('partition', route, options);
  const drain = byKey
    ? drainByKey(name, callback, first, plain(buffer))
    : drainByPredicate(name, callback, [first, second], plain(buffer));
  return routed(drain, callback);
}

type Table = ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>>;

/** No sink is a plain object or a `Map`. */
function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return value instanceof Map || prototype === Object.prototype || prototype === null;
}

function drainByPredicate(
  name: string,
  route: Callback<Route<unknown, unknown>>,
  sinks: readonly unknown[],
  policy: Policy,
): BranchDrain {
  const branches = sinks.map((sink, at) => keyedBranchOf(at === 0, 'partition', sink, policy));
  const [yes, no] = branches as [FedBranch, FedBranch];
  const pickOne = (answer: unknown): Picked => (answer ? yes : no).alone;
  return new BranchDrain(name, branches, {
    pick: pickBy(route, pickOne),
  });
}

function drainByKey(
  name: string,
  route: Callback<Route<unknown, unknown>>,
  table: Table,
  policy: Policy,
): BranchDrain {
  const isMap = table instanceof Map;
  const branches = new Map<unknown, FedBranch>();
  for (const [key, sink] of isMap ? table : Object.entries(table))
    branches.set(key, keyedBranchOf(key, 'partition', sink, policy));
  if (branches.size === 0) throw new ArgumentError('partition: needs at least 1 branch, got 0');
  const pickOne = (key: unknown): Picked => {
    // The keys of an object are strings.
    const own = branches.get(typeof key === 'number' && !isMap ? `${key}` : key);
    const branch = own ?? branches.get('otherwise');
    if (!branch) throw new RouteError(key);
    return branch.alone;
  };
  return new BranchDrain(name, [...branches.values()], {
    pick: pickBy(route, pickOne),
    result: (results) => {
      const entries = [...branches.keys()].map((key, at): [unknown, unknown] => [key, results[at]]);
      return isMap ? new Map(entries) : Object.fromEntries(entries);
    },
  });
}

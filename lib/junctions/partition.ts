import { ArgumentError, RouteError } from '../core/errors.js';
import { requireCount, requireFunction, requireOptions } from '../core/require.js';
import type { Context } from '../core/run.js';
import { whenReady } from '../core/thenable.js';
import { nameOf } from '../streams/define.js';
import { Sink } from '../streams/sink.js';
import type { Hint, NameOptions, SinkLike } from '../streams/types.js';
import { BranchDrain, branchOf, type Picked } from './branch-drain.js';
import { type Policy, plain } from './branch-policy.js';
import type { FedBranch } from './fed-branch.js';

/** Options of `partition`. */
export interface PartitionOptions extends NameOptions {
  /** How many items may wait at a branch; an integer from 1. Default 16. */
  readonly buffer?: number | undefined;
}

type Route<T, K> = (item: T, context: Context) => K | PromiseLike<K>;
type Sinks<T, R, X> = { readonly [K in keyof R]: SinkLike<T, R[K], X> };

/** What `route` may answer for branches by these keys. */
type KeyAmong<K> = 'otherwise' extends K
  ? unknown
  : K extends `${infer N extends number}`
    ? K | N
    : K;

/**
 * Gives each item to the branch that `route` says: to one of two sinks by a predicate, or to one of an object or `Map`
 * of sinks by a key. Results in the pair of results, or in an object or `Map` of them.
 *
 * Emits: each item to one branch, in order; one whose key has no branch, to the branch `otherwise`.
 * Holds: at most `buffer` items for each branch, and one in hand.
 * Waits: while the branch of the item in hand lies `buffer` items behind, or a promise of `route` is pending. A branch
 * that has ended early drops what comes for it and leaves the others running.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when `route` does; with a `RouteError` ERR_SLUICE_ROUTE at an item whose key has no branch, when there is no
 * `otherwise` either; when a branch fails, with that branch's error. The others are closed.
 *
 * @param route called with `(item, { signal })`; may answer a promise.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `route` is no function, there is no branch, one is no sink, or
 * `buffer` is out of range.
 * @example
 * await pipeline(range(0, 5), partition((x) => x % 2 === 0, toArray(), count())) // [[0, 2, 4], 2]
 * await pipeline(['a', 'bb', ''], partition((s) => s.length, { 1: toArray(), otherwise: count() })) // { 1: ['a'], otherwise: 2 }
 */
export function partition<T, R1 = void, R2 = void, X1 = unknown, X2 = unknown, H = unknown>(
  route: Route<T, boolean>,
  yes: SinkLike<T, R1, X1> | Hint<Sinks<T, H, unknown>>,
  no: SinkLike<T, R2, X2> | Hint<PartitionOptions>,
): Sink<T, [R1, R2], X1 | X2>;
export function partition<T, R1 = void, R2 = void, X1 = unknown, X2 = unknown>(
  route: Route<T, boolean>,
  yes: SinkLike<T, R1, X1>,
  no: SinkLike<T, R2, X2>,
  options: PartitionOptions,
): Sink<T, [R1, R2], X1 | X2>;
export function partition<T, R extends object, X = unknown>(
  route: Route<T, KeyAmong<keyof R>>,
  branches: Sinks<T, R, X>,
  options?: PartitionOptions,
): Sink<T, R, X>;
export function partition<T, K, R, X = unknown>(
  route: Route<T, KeyAmong<NoInfer<K>>>,
  branches: ReadonlyMap<K, SinkLike<NoInfer<T>, R, X>>,
  options?: PartitionOptions,
): Sink<T, Map<K, R>, X>;
export function partition(
  route: Route<unknown, unknown>,
  first: unknown,
  second: unknown,
  third?: PartitionOptions,
): Sink<unknown, unknown> {
  requireFunction('partition', 'route', route);
  const byKey = isTable(first);
  const options = byKey ? (second as PartitionOptions | undefined) : third;
  requireOptions('partition', options, ['buffer']);
  const { buffer = 16 } = options ?? {};
  requireCount('partition', 'buffer', buffer, 1);
  const name = nameOf('partition', options, route);
  const drain = byKey
    ? drainByKey(name, route, first, plain(buffer))
    : drainByPredicate(name, route, [first, second], plain(buffer));
  return new Sink({ name, links: [], drain });
}

type Table = ReadonlyMap<unknown, unknown> | Readonly<Record<string, unknown>>;

/** Every sink is something else than a plain object or a `Map`. */
function isTable(value: unknown): value is Table {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return value instanceof Map || prototype === Object.prototype || prototype === null;
}

function drainByPredicate(
  name: string,
  route: Route<unknown, unknown>,
  sinks: readonly unknown[],
  policy: Policy,
): BranchDrain {
  const branches = sinks.map((sink) => branchOf('partition', sink, policy));
  const [yes, no] = branches as [FedBranch, FedBranch];
  const pickOne = (answer: unknown): Picked => (answer ? yes : no).alone;
  return new BranchDrain(name, branches, {
    pick: (item, context) => whenReady(route(item, context), pickOne),
  });
}

function drainByKey(
  name: string,
  route: Route<unknown, unknown>,
  table: Table,
  policy: Policy,
): BranchDrain {
  const isMap = table instanceof Map;
  const branches = new Map<unknown, FedBranch>();
  for (const [key, sink] of isMap ? table : Object.entries(table))
    branches.set(key, branchOf('partition', sink, policy));
  if (branches.size === 0) throw new ArgumentError('partition: needs at least 1 branch, got 0');
  const pickOne = (key: unknown): Picked => {
    // Keys of an object are strings.
    const own = branches.get(typeof key === 'number' && !isMap ? `${key}` : key);
    const branch = own ?? branches.get('otherwise');
    if (!branch) throw new RouteError(key);
    return branch.alone;
  };
  return new BranchDrain(name, [...branches.values()], {
    pick: (item, context) => whenReady(route(item, context), pickOne),
    result: (results) => {
      const entries = [...branches.keys()].map((key, at): [unknown, unknown] => [key, results[at]]);
      return isMap ? new Map(entries) : Object.fromEntries(entries);
    },
  });
}

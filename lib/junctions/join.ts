import { ArgumentError, type StageRef } from '../core/base/errors.js';
import { keyOrder, ORDERING, type OrderOptions } from '../core/base/key-order.js';
import {
  validateCount,
  validateFunction,
  validateOneOf,
  validateOptions,
} from '../core/base/validate.js';
import { openInput } from '../core/chain/chain.js';
import { Callback, POLICIES } from '../core/policy/callback.js';
import type { KeyOf } from '../core/policy/keyed.js';
import type { Host } from '../core/protocol/host.js';
import type { Pull } from '../core/protocol/pull.js';
import { source } from '../streams/define.js';
import { sourcePlan } from '../streams/plans.js';
import type { Source } from '../streams/source.js';
import type { CallbackOptions, SourceLike } from '../streams/types.js';
import { HashJoin } from './joins/hash-join.js';
import { JoinInput } from './joins/join-input.js';
import { SortedJoin } from './joins/sorted-join.js';

const NAMES = [
  'on',
  'leftKey',
  'rightKey',
  ...ORDERING,
  'kind',
  'strategy',
  'maxItems',
  ...POLICIES,
] as const;
const MAX_ITEMS = 1_000_000;

/** Which items without a partner are emitted, too: none, those of one source, or all. */
export type JoinKind = 'inner' | 'left' | 'right' | 'outer';

/** What a join emits. */
export type Joined<L, R, K extends JoinKind> = {
  inner: [L, R];
  left: [L, R | undefined];
  right: [L | undefined, R];
  outer: [L, R] | [L, undefined] | [undefined, R];
}[K];

/** A function that returns the key of an item of either source, or one function for each source. */
export type JoinKeys<L, R> =
  | {
      readonly on: KeyOf<L | R>;
      readonly leftKey?: undefined;
      readonly rightKey?: undefined;
    }
  | {
      readonly on?: undefined;
      readonly leftKey: KeyOf<L>;
      readonly rightKey: KeyOf<R>;
    };

/** Options of `join`. */
export type JoinOptions<L, R, K extends JoinKind = 'inner'> = JoinKeys<L, R> &
  CallbackOptions<L | R, unknown> &
  OrderOptions<unknown> & {
    /** Which items without a partner are emitted, too. Default `'inner'`: none. */
    readonly kind?: K | undefined;
    /** `'hash'` holds the right source in memory; `'sorted'` needs both sources in order. Default `'hash'`. */
    readonly strategy?: 'hash' | 'sorted' | undefined;
    /**
     * How many items of the right source may be held: all of its items (`'hash'`), or those of one key (`'sorted'`). An
     * integer from 1. Default 1,000,000.
     */
    readonly maxItems?: number | undefined;
  };

/**
 * Pairs of items of two sources that have the same key. A key that is missing (undefined, null, NaN) has no partner.
 *
 * `strategy: 'hash'` reads the right source first, so that one should be the smaller. Keys are compared as in a `Map`,
 * and must not be objects. Pairs come in the order of the left source, then the right items without a partner.
 * `strategy: 'sorted'` is for large sources, which must be sorted by their keys in the same order: the natural one (see
 * `sort`), reversed by `descending`, or that of `compare`. Pairs come in that order.
 *
 * Emits: a pair for each two partners; with `kind`, also an item without one, and `undefined` in the other's place.
 * Holds: at most `maxItems` items of the right source and two more.   Waits: while a promise of a key is pending.
 * Ends: with both sources, or when no pair can come any more; both are closed.
 * Fails: when a source or a key does; with a `BoundError` ERR_SLUICE_BOUND when `maxItems` is not enough; with an
 * `OrderError` ERR_SLUICE_ORDER at an item that is not in order where it must be.
 *
 * @param left a source.
 * @param right a source, the smaller one by default.
 * @param options `on` answers the key of any item, or `leftKey` and `rightKey` those of one source; called with `(item,
 * { signal })`. `retry` and `onError` say what is done with an item that they fail on: a function answers the key; a
 * skipped item is left out, as if its source did not have it.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: a source can't be read, or an option is unknown or invalid.
 * @example
 * await pipeline(join([1, 2, 3], [30, 20], { leftKey: (x) => x, rightKey: (x) => x / 10 }), toArray()) // [[2, 20], [3, 30]]
 * await pipeline(join(['a', 'b'], ['b', 'c'], { on: (s) => s, kind: 'outer', strategy: 'sorted' }), toArray()) // [['a', undefined], ['b', 'b'], [undefined, 'c']]
 */
export function join<L, R, K extends JoinKind = 'inner'>(
  left: SourceLike<L>,
  right: SourceLike<R>,
  options: JoinOptions<L, R, K>,
): Source<Joined<L, R, K>> {
  check(options);
  const { on, strategy = 'hash', maxItems = MAX_ITEMS, kind = 'inner', name = 'join' } = options;
  const order = keyOrder(options);
  const keyBy = (key: unknown) =>
    new Callback('join', (on ?? key) as KeyOf<unknown>, options as CallbackOptions<never, unknown>);
  const sides = {
    left: { plan: sourcePlan('join', left), by: keyBy(options.leftKey) },
    right: { plan: sourcePlan('join', right), by: keyBy(options.rightKey) },
  };
  const open = (host: Host, ref: StageRef): Pull<unknown[]> => {
    const input = (side: 'left' | 'right', at: number) => {
      const { plan, by } = sides[side];
      const upstream = openInput(plan, host, { stage: ref, side: 'input', at });
      return new JoinInput(side, upstream, by, host, ref);
    };
    const inputs = { left: input('left', 0), right: input('right', 1) };
    const keeps = {
      left: kind === 'left' || kind === 'outer',
      right: kind === 'right' || kind === 'outer',
    };
    return strategy === 'hash'
      ? new HashJoin(inputs, keeps, maxItems)
      : new SortedJoin(inputs, keeps, maxItems, order);
  };
  return source('join', { transparent: true, open }, { name }) as Source<Joined<L, R, K>>;
}

function check(options: JoinOptions<never, never, JoinKind>): void {
  validateOptions('join', options ?? null, NAMES);
  const { on, leftKey, rightKey, compare, descending, maxItems = MAX_ITEMS } = options;
  if (on === undefined) {
    validateFunction('join', 'leftKey', leftKey);
    validateFunction('join', 'rightKey', rightKey);
  } else {
    validateFunction('join', 'on', on);
    if (leftKey !== undefined || rightKey !== undefined)
      throw new ArgumentError('join: give on, or leftKey and rightKey, not both');
  }
  const { kind = 'inner', strategy = 'hash' } = options;
  validateOneOf('join', 'kind', kind, ['inner', 'left', 'right', 'outer']);
  validateOneOf('join', 'strategy', strategy, ['hash', 'sorted']);
  if (compare !== undefined) validateFunction('join', 'compare', compare);
  if (strategy === 'hash' && (compare !== undefined || descending !== undefined))
    throw new ArgumentError("join: compare and descending are for strategy 'sorted' only");
  validateCount('join', 'maxItems', maxItems, 1);
}

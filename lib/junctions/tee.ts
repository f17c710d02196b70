import type { StageRef } from '../core/base/errors.js';
import { validateCount, validateOptions } from '../core/base/validate.js';
import type { Host } from '../core/protocol/host.js';
import { sourcePlan } from '../streams/plans.js';
import { Source } from '../streams/source.js';
import type { ItemOf, NameOptions, SourceLike } from '../streams/types.js';
import { BranchPull, Trunk } from './shared/trunk.js';

/** Options of `tee`. */
export interface TeeOptions<N extends number = 2> extends NameOptions {
  /** How many branches there are; an integer from 1. Default 2. */
  readonly branches?: N | undefined;
  /** How many items a branch may lie behind the fastest; an integer from 1. Default 16. */
  readonly buffer?: number | undefined;
}

/** A tuple of `N` sources. */
export type Branches<T, N extends number, B extends Source<T>[] = []> = number extends N
  ? Source<T>[]
  : B['length'] extends N
    ? B
    : Branches<T, N, [...B, Source<T>]>;

/**
 * Several sources that each give every item of one source.
 *
 * Emits: an item to each branch, in the same order.   Holds: at most `buffer` items for a branch that lies behind, and
 * as many again in the `PassThrough` before a stream of yours that takes them.
 * Waits: the fastest branch waits while another lies `buffer` items behind, but not for one that has ended or is
 * destroyed. A branch that is never read stops the others.
 * Ends: with the source; the source is closed when all branches have ended.
 * Fails: in every branch when the source fails. When branches that meet again in one run (a `zip`) wait for each other
 * for ever, that run fails with `StallError` ERR_SLUICE_STALL. With a function or stream of yours between them, this
 * can't be known, since it might give more; it is then reported on stderr when the event loop is empty.
 *
 * @param source the source, which is read once.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `branches` or `buffer` is out of range.
 * @example
 * const [left, right] = tee(range(0, 3));
 * await pipeline(zip(left, compose(right, map((x) => x * x))), toArray()) // [[0, 0], [1, 1], [2, 4]]
 */
export function tee<S extends SourceLike<unknown>, const N extends number = 2>(
  source: S,
  options: TeeOptions<N> = {},
): Branches<ItemOf<S>, N> {
  validateOptions('tee', options, ['branches', 'buffer']);
  const { branches = 2, buffer = 16, name = 'tee' } = options;
  validateCount('tee', 'branches', branches, 1);
  validateCount('tee', 'buffer', buffer, 1);
  const trunk = new Trunk(name, sourcePlan('tee', source), branches, buffer);
  const sources = Array.from({ length: branches }, (_, at) => {
    const origin = {
      name,
      transparent: true,
      buffer,
      open: (host: Host, ref: StageRef) => new BranchPull(trunk, at, host, ref),
    };
    return new Source<ItemOf<S>>({ name, origin, links: [] });
  });
  return sources as unknown as Branches<ItemOf<S>, N>;
}

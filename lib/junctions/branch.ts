import { validateOptions } from '../core/base/validate.js';
import { nameOf } from '../streams/define.js';
import { sinkPlan } from '../streams/plans.js';
import { Sink } from '../streams/sink.js';
import type { NameOptions, SinkLike } from '../streams/types.js';
import { BranchDrain } from './branches/branch-drain.js';
import {
  type BranchPolicy,
  type BranchResult,
  POLICY,
  readPolicy,
} from './branches/branch-policy.js';
import { FedBranch } from './branches/fed-branch.js';

/**
 * A sink with a policy of its own for being slow and for failing, as a branch of `broadcast` or another junction, or
 * alone. It results in a record: `{ status: 'fulfilled', value, dropped }`, or, if it failed and is detached,
 * `{ status: 'rejected', reason, dropped }`. `dropped` counts the items it never got: those that its policy dropped
 * and, after a failure, those that waited for it or came later.
 *
 * Emits: to the sink, each item that its policy lets through, in order.
 * Holds: at most `buffer` items.   Waits: with `block`, while `buffer` items wait for it; otherwise never. The send of
 * a dropped item is answered with `undefined`.
 * Ends: when the sink does.   Fails: when the sink does, unless it is detached.
 *
 * @param sink a sink of ours (`compose` puts stages before one), a writable stream, an async function.
 * @param policy `when`: what is done when the branch is full, `block`, `drop-oldest` or `drop-newest`, default `block`.
 * `buffer`: how many items may wait for it, an integer from 1, default 64. `onError`: `fail` fails the run, `detach`
 * lets it go on, default `fail`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `sink` is not a sink, or the policy is out of range.
 * @example
 * const slow = branch(toArray(), { when: 'drop-oldest', buffer: 100, onError: 'detach' });
 * await pipeline([1, 2], broadcast(count(), slow)) // [2, { status: 'fulfilled', value: [1, 2], dropped: 0 }]
 */
export function branch<T, R = void, A = unknown>(
  sink: SinkLike<T, R, A>,
  policy?: BranchPolicy & NameOptions,
): Sink<T, BranchResult<R>, A> {
  validateOptions('branch', policy, POLICY);
  const read = readPolicy('branch', policy);
  const name = nameOf('branch', policy);
  const fed = new FedBranch(sinkPlan('branch: the first argument', sink), read);
  const drain = new BranchDrain(name, [fed], {
    pick: () => fed.alone,
    ready: () => fed.wanting && !fed.full,
    result: ([result]) => result,
    transparent: true,
  });
  drain.alone = fed;
  return new Sink({ name, links: [], drain });
}

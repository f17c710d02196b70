import { isThenable } from '../core/base/thenable.js';
import { validateCount, validateFunction, validateOptions } from '../core/base/validate.js';
import { readArguments } from '../streams/arguments.js';
import { Sink } from '../streams/sink.js';
import { Audience } from './branches/audience.js';
import { BranchDrain } from './branches/branch-drain.js';
import { branchOf } from './branches/branch-of.js';
import type { BroadcastOptions } from './branches/branch-options.js';
import { plain } from './branches/branch-policy.js';
import { someWanting } from './branches/fed-branch.js';
import type { BroadcastSignature } from './signatures.js';

/**
 * Gives every item to every sink, and results in the tuple of their results.
 *
 * Emits: each item to each branch, in order. While items come without a wait, a branch may get up to `buffer` of them
 * before the next branch gets the same items; with `push` and `trace`, all branches get an item before the next one.
 * Holds: at most `buffer` items for a branch that lies behind. Before the source waits, all its items have been given.
 * Waits: while a branch lies `buffer` items behind: the slowest sets the pace, unless `branch` gives it a policy. When
 * a branch ends early, the others go on.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when a branch fails, with that branch's error; the others are closed. With `push`, when `answer` throws or
 * rejects.
 *
 * @param args sinks, at least one: sinks of ours (`compose` puts stages before one), writable streams, async functions;
 * then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no sink, or `buffer` is out of range.
 * @example
 * await pipeline(range(0, 4), broadcast(reduce((sum, x) => sum + x, 0), toArray())) // [6, [0, 1, 2, 3]]
 */
export const broadcast = function broadcast(...args: unknown[]): Sink<unknown, unknown> {
  const { parts, options } = readArguments<BroadcastOptions>('broadcast', args, 1);
  validateOptions('broadcast', options, ['buffer', 'answer']);
  const { buffer = 64, name = 'broadcast', answer = (answers: unknown) => answers } = options;
  validateCount('broadcast', 'buffer', buffer, 1);
  validateFunction('broadcast', 'answer', answer);
  const branches = parts.map((part) => branchOf('broadcast', part, plain(buffer)));
  const all = new Audience(branches);
  const promised = new Set<unknown>();
  const drain = new BranchDrain(name, branches, {
    pick: () => all,
    ready: () => someWanting(branches) && !all.full,
    answer: (answers) => keepPromise(answer(answers), promised),
    result: async (results) => {
      await Promise.allSettled(promised);
      return results;
    },
    transparent: true,
  });
  return new Sink({ name, links: [], drain });
} as BroadcastSignature;

/** Keeps a promised answer in `promised` until it settles. */
function keepPromise(answer: unknown, promised: Set<unknown>): unknown {
  if (!isThenable(answer)) return answer;
  const settled = () => promised.delete(answer);
  promised.add(answer);
  answer.then(settled, settled);
  return answer;
}

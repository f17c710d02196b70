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
 * Emits: each item to each branch, in order. Branches run side by side: while items come without a wait, each may get up
 * to `buffer` of them before the next branch gets its own; with `push` and `trace` it is always one.
 * Holds: at most `buffer` items for a branch that lies behind. What comes before a wait is given before it.
 * Waits: while a branch lies `buffer` items behind: the slowest sets the pace, unless `branch` gives it a policy. A
 * branch that ends early leaves the others running.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when a branch fails, with that branch's error; the others are closed. With `push`, when `answer` throws or rejects.
 *
 * @param args sinks, at least one: sinks of ours (`compose` puts stages before one), writable streams, async
 * functions; then, if wanted, options.
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
    answer: (answers) => noted(answer(answers), promised),
    result: async (results) => {
      await Promise.allSettled(promised);
      return results;
    },
    transparent: true,
  });
  return new Sink({ name, links: [], drain });
} as BroadcastSignature;

/** A promise is among the `promised` until it settles. */
function noted(answer: unknown, promised: Set<unknown>): unknown {
  if (!isThenable(answer)) return answer;
  const settled = () => promised.delete(answer);
  promised.add(answer);
  answer.then(settled, settled);
  return answer;
}

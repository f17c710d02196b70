import { validateCount, validateOptions } from '../core/base/validate.js';
import { readArguments } from '../streams/arguments.js';
import { Sink } from '../streams/sink.js';
import { BranchDrain } from './branches/branch-drain.js';
import { branchOf } from './branches/branch-of.js';
import type { BalanceOptions } from './branches/branch-options.js';
import { plain } from './branches/branch-policy.js';
import type { Picked } from './branches/rule.js';
import type { BalanceSignature } from './signatures.js';

/**
 * Gives each item to a sink that is free, and results in the array of their results.
 *
 * Emits: each item to one branch: the branches that ask for an item take turns.   Holds: at most `buffer` items for
 * each branch.
 * Waits: while no branch is free. When a branch ends early, the others get its share.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when a branch fails, with that branch's error; the others are closed.
 *
 * @param args sinks, at least one: sinks of ours (`compose` puts stages before one), writable streams, async functions;
 * then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no sink, or `buffer` is out of range.
 * @example
 * await pipeline(range(0, 5), balance(toArray(), toArray())) // [[0, 2, 4], [1, 3]]
 */
export const balance = function balance(...args: unknown[]): Sink<unknown, unknown> {
  const { parts, options } = readArguments<BalanceOptions>('balance', args, 1);
  validateOptions('balance', options, ['buffer']);
  const { buffer = 0, name = 'balance' } = options;
  validateCount('balance', 'buffer', buffer);
  const branches = parts.map((part) => branchOf('balance', part, plain(buffer)));
  let turn = 0;
  const pick = (): Picked => {
    for (let asked = 0; asked < branches.length; asked += 1) {
      const branch = branches[(turn + asked) % branches.length];
      if (!branch?.free) continue;
      turn += asked + 1;
      return branch.alone;
    }
    return undefined;
  };
  const drain = new BranchDrain(name, branches, {
    pick,
    ready: () => branches.some(({ free }) => free),
    eager: true,
    transparent: true,
  });
  return new Sink({ name, links: [], drain });
} as BalanceSignature;

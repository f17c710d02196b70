import { keyText } from '../../core/base/stage-ref.js';
import { sinkPlan } from '../../streams/plans.js';
import { BranchDrain } from './branch-drain.js';
import { type Policy, plain } from './branch-policy.js';
import { FedBranch } from './fed-branch.js';

/** Makes a branch of anything that takes items. The result of `branch` is a branch already. */
export function branchOf(who: string, sink: unknown, policy: Policy = plain()): FedBranch {
  const plan = sinkPlan(`${who}: a branch`, sink);
  const made = plan.links.length === 0 && plan.drain instanceof BranchDrain && plan.drain.alone;
  return made || new FedBranch(plan, policy);
}

/** As `branchOf`, for the items of one key. */
export function keyedBranchOf(key: unknown, ...branch: Parameters<typeof branchOf>): FedBranch {
  const made = branchOf(...branch);
  made.key = keyText(key);
  return made;
}

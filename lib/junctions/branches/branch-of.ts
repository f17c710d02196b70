import { keyText } from '../../core/base/stage-ref.js';
import { sinkPlan } from '../../streams/plans.js';
import { BranchDrain } from './branch-drain.js';
import { type Policy, plain } from './branch-policy.js';
import { FedBranch } from './fed-branch.js';

/** The branch of anything that items can end in. What `branch` made is one already. */
export function branchOf(who: string, sink: unknown, policy: Policy = plain()): FedBranch {
  const plan = sinkPlan(`${who}: a branch`, sink);
  const made = plan.links.length === 0 && plan.drain instanceof BranchDrain && plan.drain.alone;
  return made || new FedBranch(plan, policy);
}

/** The same for items of one key. */
export function keyedBranchOf(key: unknown, ...branch: Parameters<typeof branchOf>): FedBranch {
  const made = branchOf(...branch);
  made.key = keyText(key);
  return made;
}

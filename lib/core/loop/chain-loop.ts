import { type SideLine, stageRef } from '../base/stage-ref.js';
import { openChain } from '../chain/chain.js';
import type { Drain, Owner } from '../protocol/drain.js';
import { type Link, type Origin, positionBehind } from '../protocol/link.js';
import type { Run } from '../protocol/run.js';
import { Loop } from './loop.js';

/** What one loop runs: the origin of the items, the links that they pass, and the drain. */
export interface LoopPlan<R> {
  readonly origin: Origin;
  readonly links: readonly Link[];
  readonly drain: Drain<never, R>;
  /** The name of the last stage. Default: the drain's. */
  readonly name?: string;
}

/** Makes the loop over a chain. `within` is the side line that the chain stands in, unless it is the main line. */
export function chainLoop<R>(
  run: Run,
  plan: LoopPlan<R>,
  owner: Owner<R>,
  within?: SideLine,
): Loop<R> {
  const { links, drain, name = drain.name } = plan;
  const ref = stageRef(name, positionBehind(plan, links.length), within);
  return new Loop(run, (host) => openChain(plan, host, within), drain, ref, owner);
}

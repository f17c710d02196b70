import type { StageLike } from '../index.js';
import { abortContract } from './abort-contract.js';
import { backpressureContract } from './backpressure-contract.js';
import { callbackContract } from './callback-contract.js';
import { type Check, checksOf } from './check.js';
import { closingContract } from './closing-contract.js';
import { failingContract } from './failing-contract.js';
import { listenerContract } from './listener-contract.js';
import { outputContract } from './output-contract.js';
import { paceContract } from './pace-contract.js';
import { kindMade } from './part.js';
import { policyContract } from './policy-contract.js';
import type { StageSpec, Subject } from './stage-spec.js';
import { valueContract } from './value-contract.js';

/**
 * What is true of every stage, whatever it does to its items: a stage of ours, a Node `Transform` or `Duplex`, a web
 * `TransformStream`, an async generator function.
 *
 * @param make makes a new stage with each call; it is called once right away, to see what it makes.
 * @param spec what goes in and what should come of it; everything else has a default.
 * @returns checks to hand to a test runner.
 */
export function stageConformance<I, O>(
  make: () => StageLike<I, O>,
  spec: StageSpec<I, O>,
): Check[] {
  const subject: Subject<I, O> = { ...spec, make, kind: kindMade(make) };
  const { callback, failing, lossy = false } = spec;
  return checksOf((check) => {
    outputContract(subject, check);
    if (!lossy) paceContract(subject, check);
    backpressureContract(subject, check);
    closingContract(subject, check);
    listenerContract(subject, check);
    abortContract(subject, check);
    valueContract(subject, check);
    if (failing) failingContract({ items: failing, make, role: 'stage' }, check);
    if (!callback) return;
    callbackContract(subject, callback, check);
    if (callback.policies) policyContract(subject, callback, check);
  }, spec);
}

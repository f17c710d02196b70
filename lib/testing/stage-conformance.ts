import type { StageLike } from '../index.js';
import { abortContract } from './contracts/abort.js';
import { backpressureContract } from './contracts/backpressure.js';
import { callbackContract } from './contracts/callback.js';
import { closingContract } from './contracts/closing.js';
import { failingContract } from './contracts/failing.js';
import { listenerContract } from './contracts/listener.js';
import { outputContract } from './contracts/output.js';
import { paceContract } from './contracts/pace.js';
import { policyContract } from './contracts/policy.js';
import { valueContract } from './contracts/value.js';
import { type Check, checksOf } from './harness/check.js';
import { kindMade } from './harness/part.js';
import type { StageSpec, Subject } from './harness/stage-spec.js';

/**
 * The checks that every stage must pass: a Sluice stage, a Node `Transform` or `Duplex`, a web `TransformStream`, or an
 * async generator function.
 *
 * @param make makes a new stage with each call; it is called once right away, to find out what kind of stage it makes.
 * @param spec the input and the expected output; everything else has a default.
 * @returns the checks, for any test runner.
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

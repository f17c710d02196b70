import type { Stage } from '../../lib/index.js';
import { abortContract } from './abort-contract.js';
import { backpressureContract } from './backpressure-contract.js';
import { callbackContract } from './callback-contract.js';
import { closingContract } from './closing-contract.js';
import { outputContract } from './output-contract.js';
import { policyContract } from './policy-contract.js';
import type { StageSpec } from './subject.js';
import { valueContract } from './value-contract.js';

/** What is true of every stage, whatever it does to its items. */
export function conformance<I, O>(
  name: string,
  make: () => Stage<I, O>,
  spec: StageSpec<I, O>,
): void {
  describe(`${name} is a stage`, () => {
    const subject = { name, make, ...spec };
    outputContract(subject);
    backpressureContract(subject);
    closingContract(subject);
    abortContract(subject);
    valueContract(subject);
    if (!spec.callback) return;
    callbackContract(subject, spec.callback);
    policyContract(subject, spec.callback);
  });
}

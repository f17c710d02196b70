import type { SinkLike } from '../index.js';
import { failingContract } from './contracts/failing.js';
import { junctionContract } from './contracts/junction.js';
import { sinkCallbackContract } from './contracts/sink-callback.js';
import { sinkClosingContract } from './contracts/sink-closing.js';
import { sinkPolicyContract } from './contracts/sink-policy.js';
import { sinkResultContract } from './contracts/sink-result.js';
import { type Check, checksOf } from './harness/check.js';
import { kindMade } from './harness/part.js';
import type { SinkSpec, SinkSubject } from './harness/sink-spec.js';

/**
 * The checks that every sink must pass: a Sluice sink, a `Writable`, an async function, or a junction with branches.
 *
 * @param make makes a new sink with each call; it is called once right away, to find out what kind of sink it makes.
 * @param spec the input and the expected result; everything else has a default.
 * @returns the checks, for any test runner.
 */
export function sinkConformance<I>(make: () => SinkLike<I, unknown>, spec: SinkSpec<I>): Check[] {
  const subject: SinkSubject<I> = { ...spec, make, kind: kindMade(make) };
  const { callback, failing, junction } = spec;
  return checksOf((check) => {
    sinkResultContract(subject, check);
    sinkClosingContract(subject, check);
    if (failing) failingContract({ items: failing, make, role: 'sink' }, check);
    if (callback) sinkCallbackContract(subject, callback, check);
    if (callback?.policies) sinkPolicyContract(subject, callback, check);
    if (junction) junctionContract(subject, junction, check);
  }, spec);
}

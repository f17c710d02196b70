import type { SinkLike } from '../index.js';
import { type Check, checksOf } from './check.js';
import { failingContract } from './failing-contract.js';
import { junctionContract } from './junction-contract.js';
import { kindMade } from './part.js';
import { sinkCallbackContract } from './sink-callback-contract.js';
import { sinkClosingContract } from './sink-closing-contract.js';
import { sinkPolicyContract } from './sink-policy-contract.js';
import { sinkResultContract } from './sink-result-contract.js';
import type { SinkSpec, SinkSubject } from './sink-spec.js';

/**
 * What is true of every sink, whatever it makes of its items: a sink of ours, a `Writable`, an async function; and of
 * every junction that spreads one to many.
 *
 * @param make makes a new sink with each call; it is called once right away, to see what it makes.
 * @param spec what goes in and what should come of it; everything else has a default.
 * @returns checks to hand to a test runner.
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

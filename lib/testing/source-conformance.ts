import type { SourceLike } from '../index.js';
import { sourceClosingContract } from './contracts/source-closing.js';
import { sourceInputsContract } from './contracts/source-inputs.js';
import { sourceOutputContract } from './contracts/source-output.js';
import { type Check, checksOf } from './harness/check.js';
import { kindMade } from './harness/part.js';
import type { Input, SourceSpec } from './harness/source-spec.js';

/**
 * What is true of every source, whatever it reads: a source of ours, a `Readable`, a generator function, an iterable;
 * and of every junction that joins many to one.
 *
 * @param make makes a new source with each call, over as many inputs as `asked` has numbers; it is called once right
 * away, to see what it makes.
 * @param spec what should come of it; everything else has a default.
 * @returns checks to hand to a test runner.
 */
export function sourceConformance<T>(
  make: (...inputs: Input[]) => SourceLike<T>,
  spec: SourceSpec<T>,
): Check[] {
  const none = (spec.asked ?? []).map(() => []);
  const subject = { ...spec, make, kind: kindMade(() => make(...none)) };
  return checksOf((check) => {
    sourceOutputContract(subject, check);
    sourceClosingContract(subject, check);
    if (none.length > 0) sourceInputsContract(subject, check);
  }, spec);
}

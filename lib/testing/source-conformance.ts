import type { SourceLike } from '../index.js';
import { sourceClosingContract } from './contracts/source-closing.js';
import { sourceInputsContract } from './contracts/source-inputs.js';
import { sourceOutputContract } from './contracts/source-output.js';
import { type Check, checksOf } from './harness/check.js';
import { kindMade } from './harness/part.js';
import type { Input, SourceSpec } from './harness/source-spec.js';

/**
 * The checks that every source must pass: a Sluice source, a `Readable`, a generator function, an iterable, or a
 * junction of several sources.
 *
 * @param make makes a new source with each call. It gets one input for each number in `asked`. It is called once right
 * away, to find out what kind of source it makes.
 * @param spec the expected items; everything else has a default.
 * @returns the checks, for any test runner.
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

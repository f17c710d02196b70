import { validateCount, validateOneOf } from '../../core/base/validate.js';

/** What becomes of a branch that is too slow, or fails. */
export interface BranchPolicy {
  /**
   * What is done when the branch lies `buffer` items behind: `block` lets the source wait, `drop-oldest` drops the item
   * that has waited longest, `drop-newest` the one that has come. Default `block`.
   */
  readonly when?: 'block' | 'drop-oldest' | 'drop-newest' | undefined;
  /** How many items the branch may lie behind; an integer from 1. Default 64. */
  readonly buffer?: number | undefined;
  /** What its failure does: `fail` fails the whole run, `detach` only ends this branch. Default `fail`. */
  readonly onError?: 'fail' | 'detach' | undefined;
}

/** Its names. */
export const POLICY = ['when', 'buffer', 'onError'] as const;

/** What came of a branch that has a policy: its result or its error, and how many items it never got. */
export type BranchResult<R> = PromiseSettledResult<R> & { readonly dropped: number };

/** The same with nothing left open. */
export interface Policy {
  readonly when: 'block' | 'drop-oldest' | 'drop-newest';
  readonly buffer: number;
  readonly onError: 'fail' | 'detach';
  /** Its result is a `BranchResult`. */
  readonly recorded: boolean;
}

const BUFFER = 64;

/** What holds for a branch that nobody gave a policy. */
export const plain = (buffer = BUFFER): Policy => ({
  when: 'block',
  buffer,
  onError: 'fail',
  recorded: false,
});

export function readPolicy(who: string, policy: BranchPolicy | undefined): Policy {
  const { when = 'block', buffer = BUFFER, onError = 'fail' } = policy ?? {};
  validateOneOf(who, 'when', when, ['block', 'drop-oldest', 'drop-newest']);
  validateCount(who, 'buffer', buffer, 1);
  validateOneOf(who, 'onError', onError, ['fail', 'detach']);
  return { when, buffer, onError, recorded: true };
}

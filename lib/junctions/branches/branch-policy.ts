import { validateCount, validateOneOf } from '../../core/base/validate.js';

/** What is done when a branch is too slow, or fails. */
export interface BranchPolicy {
  /**
   * What is done when `buffer` items wait for the branch: `block` makes the source wait, `drop-oldest` drops the item
   * that has waited longest, `drop-newest` drops the new item. Default `block`.
   */
  readonly when?: 'block' | 'drop-oldest' | 'drop-newest' | undefined;
  /** How many items the branch may lie behind; an integer from 1. Default 64. */
  readonly buffer?: number | undefined;
  /** What a failure of the branch does: `fail` fails the whole run, `detach` only ends this branch. Default `fail`. */
  readonly onError?: 'fail' | 'detach' | undefined;
}

/** The names of these options. */
export const POLICY = ['when', 'buffer', 'onError'] as const;

/** The result of a branch with a policy: its sink's result or error, and how many items it never got. */
export type BranchResult<R> = PromiseSettledResult<R> & { readonly dropped: number };

/** A `BranchPolicy` with all defaults filled in. */
export interface Policy {
  readonly when: 'block' | 'drop-oldest' | 'drop-newest';
  readonly buffer: number;
  readonly onError: 'fail' | 'detach';
  /** True if the branch results in a `BranchResult`. */
  readonly recorded: boolean;
}

const BUFFER = 64;

/** The policy of a branch that was given none. */
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

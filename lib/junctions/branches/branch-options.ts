import type { NameOptions } from '../../streams/types.js';

/** Options of `balance`. */
export interface BalanceOptions extends NameOptions {
  /** How many items may wait for a branch, besides the one it works on; an integer from 0. Default 0. */
  readonly buffer?: number | undefined;
}

/** Options of `broadcast`. */
export interface BroadcastOptions<Answers = unknown, A = Answers> extends NameOptions {
  /** How many items a branch may lie behind the others; an integer from 1. Default 64. */
  readonly buffer?: number | undefined;
  /**
   * What `send` resolves with, given the branches' answers; may return a promise. Default: the array of the answers.
   */
  readonly answer?: ((answers: Answers) => A) | undefined;
}

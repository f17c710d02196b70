import type { NameOptions } from '../../streams/types.js';

/** Options of `balance`. */
export interface BalanceOptions extends NameOptions {
  /** How many items may wait at a branch besides what it is at; an integer from 0. Default 0. */
  readonly buffer?: number | undefined;
}

/** Options of `broadcast`. */
export interface BroadcastOptions<Answers = unknown, A = Answers> extends NameOptions {
  /** How many items a branch may lie behind the others; an integer from 1. Default 64. */
  readonly buffer?: number | undefined;
  /** What `send` answers for the branches, given their answers, or a promise of it. Default: the array of them. */
  readonly answer?: ((answers: Answers) => A) | undefined;
}

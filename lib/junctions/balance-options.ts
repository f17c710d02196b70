import type { NameOptions } from '../streams/types.js';

/** Options of `balance`. */
export interface BalanceOptions extends NameOptions {
  /** How many items may wait at a branch besides what it is at; an integer from 0. Default 0. */
  readonly buffer?: number | undefined;
}

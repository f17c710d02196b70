import type { Input } from '../input/input.js';
import type { Output } from './output.js';
import type { Rejects } from './rejects.js';

/** What a run has open. */
export interface Open {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly rejects: Rejects | undefined;
}

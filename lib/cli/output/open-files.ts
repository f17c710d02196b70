import type { Input } from '../input/input.js';
import type { Output } from './output.js';
import type { Rejects } from './rejects.js';

/** The open files of a run. */
export interface Open {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly rejects: Rejects | undefined;
}

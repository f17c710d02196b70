import type { Keyed } from '../core/policy/keyed.js';

/** An item on its way through a sort. */
export interface Entry<T> extends Keyed<T> {
  /** About how many bytes of memory it takes up. */
  readonly weight: number;
  /** Its place in the input; unknown once it has been in a file. */
  readonly index: number | undefined;
}

import type { Keyed } from '../core/policy/keyed.js';

/** An item on its way through a sort. */
export interface Entry<T> extends Keyed<T> {
  /** About how many bytes of memory it uses. */
  readonly weight: number;
  /** Its index in the input; undefined for an entry that was read from a file. */
  readonly index: number | undefined;
}

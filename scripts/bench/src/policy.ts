/** How a process measures: the same for all peers of all cases. */
export interface Policy {
  /** So many items go through first, untimed. */
  readonly warmUp: number;
  /** Shorter runs are repeated until so many items have gone through; the mean counts. */
  readonly timed: number;
}

export const usual: Policy = { warmUp: 1e4, timed: 1e5 };
/** Only whether all works. */
export const brief: Policy = { warmUp: 0, timed: 0 };

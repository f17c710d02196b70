/** How a process measures: the same for all peers of all cases. */
export interface Policy {
  /** A run is repeated in its process until it was done four times, and so many items have gone through in all, */
  readonly items: number;
  /** or until so long has passed. It is done twice at least. */
  readonly ms: number;
}

export const usual: Policy = { items: 2e6, ms: 500 };
/** Only whether all works. */
export const brief: Policy = { items: 0, ms: 0 };

/** How a process measures: the same for all peers of all cases. */
export interface Policy {
  /** A process repeats its run until there were at least four runs and this many items in all... */
  readonly items: number;
  /** ...or until this time has passed. There are at least two runs. */
  readonly ms: number;
}

export const usual: Policy = { items: 2e6, ms: 500 };
/** Only checks that everything works. */
export const brief: Policy = { items: 0, ms: 0 };

export interface Row {
  /** With its other arguments as they should be. */
  readonly call: (options: object) => unknown;
  readonly all: object;
}

/** How to give something options, and all that it has: the type checker misses none. */
export const row = <O extends object>(call: (options: O) => unknown, all: Required<O>): Row => ({
  call: call as Row['call'],
  all,
});

export const name = 'mine';

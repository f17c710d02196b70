/** The code that a generated text contains for statistics. Stage -1 is the source. */
export interface Instrumentation {
  readonly name: string;
  /** Declares the local counters of a step, and adds them to its place when the text stops. */
  load(at: number): string;
  store(at: number): string;
  /** Counts an item that went in without an item coming out so far. */
  gone(at: number): string;
  /** Counts a dropped item, and goes on with the next. */
  dropped(at: number): string;
  /** Counts an item that came out of an expanded one. */
  made(at: number): string;
  /** Tells the meter that the stage runs now. */
  enters(at: number): string;
  /** Tells the meter that the stage after it runs now. */
  leaves(at: number): string;
}

const nothing = (): string => '';

const NONE: Instrumentation = {
  name: '',
  load: nothing,
  store: nothing,
  gone: nothing,
  dropped: () => 'continue;',
  made: nothing,
  enters: nothing,
  leaves: nothing,
};

const spot = (at: number): string => (at < 0 ? 'headSpot' : `spot${at}`);

/** Counts in local variables. An item that stays one item needs no counting. */
const COUNTED: Instrumentation = {
  name: 'counted',
  load: (at) => `let gone${at} = 0, made${at} = 0;\n`,
  store: (at) => `${spot(at)}.gone += gone${at}; ${spot(at)}.made += made${at};\n`,
  gone: (at) => `gone${at} += 1; `,
  dropped: (at) => `{ gone${at} += 1; continue; }`,
  made: (at) => `made${at} += 1; `,
  enters: nothing,
  leaves: nothing,
};

const TIMED: Instrumentation = {
  ...COUNTED,
  name: 'timed',
  enters: (at) => `meter.enter(${spot(at)}.place); `,
  leaves: (at) => `\nmeter.enter(${spot(at)}.next);`,
};

interface Sampled {
  readonly meter: { readonly sampling: boolean } | undefined;
}

/**
 * Makes a function by `make`. With statistics, it makes two, one that counts and one that times too, and calls either.
 */
export function instrumented<F extends (item?: unknown) => unknown>(
  { meter }: Sampled,
  make: (instrumentation: Instrumentation) => F | undefined,
): F | undefined {
  if (!meter) return make(NONE);
  const counting = make(COUNTED);
  const timing = make(TIMED);
  if (!counting || !timing) return undefined;
  return ((item) => (meter.sampling ? timing : counting)(item)) as F;
}

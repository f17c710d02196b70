/** What a generated text says besides, to the meter of its loop. The number of a stage is -1 for the source. */
export interface Instrumentation {
  readonly name: string;
  /** What counts the items of these steps while the text runs, and where that is kept. */
  load(at: number): string;
  store(at: number): string;
  /** An item went in, and nothing has come of it as yet. */
  gone(at: number): string;
  /** On to the next item, as this one came to nothing. */
  dropped(at: number): string;
  made(at: number): string;
  /** The stage is at work. */
  enters(at: number): string;
  /** Whoever takes its items is. */
  leaves(at: number): string;
}

const nothing = (): string => '';

const UNWATCHED: Instrumentation = {
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

/** Local variables, and nothing for an item that goes on as one. */
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

/** Makes a function by the text that `make` writes; where somebody watches, one that counts, and at times takes the time. */
export function instrumented<F extends (item?: unknown) => unknown>(
  { meter }: Sampled,
  make: (watching: Instrumentation) => F | undefined,
): F | undefined {
  if (!meter) return make(UNWATCHED);
  const counting = make(COUNTED);
  const timing = make(TIMED);
  if (!counting || !timing) return undefined;
  return ((item) => (meter.sampling ? timing : counting)(item)) as F;
}

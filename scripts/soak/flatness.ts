/** How far a measure may rise and still be called flat: by that share of itself, or by `least`, whichever is more. */
export interface Tolerance {
  readonly share: number;
  readonly least: number;
}

export interface Flatness {
  /** The medians of the first and of the last third. */
  readonly first: number;
  readonly last: number;
  readonly allowed: number;
  readonly flat: boolean;
}

/** Below this, thirds are too small for their medians to mean anything. */
export const LEAST_SAMPLES = 15;

/** While caches fill and V8 compiles, memory rises without a leak. */
const WARM_UP = 1 / 5;

/**
 * Whether a measure stays where it is: after the warm-up, the median of the last third may lie above that of the first
 * third by no more than the tolerance. A median is not moved by single samples, such as one taken before a socket was
 * closed or before all garbage was found; thirds lie so far apart that what is lost bit by bit adds up between them, and
 * need no line fitted through steps and noise.
 */
export function flatness(samples: readonly number[], { share, least }: Tolerance): Flatness {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const third = Math.floor(warm.length / 3);
  const first = median(warm.slice(0, third));
  const last = median(warm.slice(-third));
  const allowed = Math.max(least, share * first);
  return { first, last, allowed, flat: last - first <= allowed };
}

function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

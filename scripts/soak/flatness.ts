/** How far a measure may rise and still count as flat: by `share` of itself or by `least`, whichever is more. */
export interface Tolerance {
  readonly share: number;
  readonly least: number;
}

export interface Flatness {
  /** The medians of the first and the last third of the samples. */
  readonly first: number;
  readonly last: number;
  readonly allowed: number;
  readonly flat: boolean;
}

/** With fewer samples, the thirds are too small for meaningful medians. */
export const LEAST_SAMPLES = 15;

/** The share of samples that is ignored: at first, memory rises because caches fill and V8 compiles. */
const WARM_UP = 1 / 5;

/**
 * Whether a measure stays flat: after the warm-up, the median of the last third may exceed that of the first third by
 * no more than the tolerance. A median ignores single outliers, such as a sample taken before a socket was closed. The
 * thirds are far enough apart for a slow leak to show.
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

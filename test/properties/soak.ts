import fc from 'fast-check';
import { wholeRuns } from './whole-run.js';

/** How a property fared; when it failed, `seed` and `path` play it again. */
export interface Soaked {
  readonly way: keyof typeof wholeRuns;
  readonly runs: number;
  readonly seed: number;
}

const WAYS = Object.keys(wholeRuns) as (keyof typeof wholeRuns)[];

/** Tries random whole runs, each way for its share of the time; rejects with the counterexample of one that fails. */
export async function soakWholeRuns(totalMs: number, seed = Date.now()): Promise<Soaked[]> {
  const soaked: Soaked[] = [];
  for (const way of WAYS) {
    const details = await fc.check(wholeRuns[way], {
      seed,
      numRuns: Number.MAX_SAFE_INTEGER,
      interruptAfterTimeLimit: totalMs / WAYS.length,
    });
    // Where the time is over before the first run is, that fails for fast-check.
    const cutShort = details.interrupted && details.counterexample === null;
    const message = fc.defaultReportMessage(details);
    if (message && !cutShort)
      throw new Error(`${way}: ${message}`, { cause: details.errorInstance });
    soaked.push({ way, runs: details.numRuns, seed });
  }
  return soaked;
}

import fc from 'fast-check';
import { wholeRuns } from './whole-run.js';

/** How a property fared; when it failed, `seed` and `path` play it again. */
export interface Soaked {
  readonly way: keyof typeof wholeRuns;
  readonly runs: number;
  readonly seed: number;
}

const LOT = 10;
const WAYS = Object.keys(wholeRuns) as (keyof typeof wholeRuns)[];

/** Tries random whole runs, each way for its share of the time; rejects with the counterexample of one that fails. */
export async function soakWholeRuns(totalMs: number, seed = Date.now()): Promise<Soaked[]> {
  const soaked: Soaked[] = [];
  for (const way of WAYS) {
    const end = performance.now() + totalMs / WAYS.length;
    let runs = 0;
    // In small lots, because fast-check abandons a run in progress when its time limit is reached.
    for (let lot = 0; lot === 0 || performance.now() < end; lot += 1) {
      const details = await fc.check(wholeRuns[way], { seed: seed + lot, numRuns: LOT });
      const message = fc.defaultReportMessage(details);
      if (message) throw new Error(`${way}: ${message}`, { cause: details.errorInstance });
      runs += details.numRuns;
    }
    soaked.push({ way, runs, seed });
  }
  return soaked;
}

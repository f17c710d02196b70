import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomRuns } from './random-runs.js';

/** The variable that names a folder where the workers of a run leave what they have counted. */
export const TALLY = 'SLUICE_TEST_TALLY';

const WHOLE = 'whole';
let added = 0;

const place = (): string => join(process.env[TALLY] ?? '', 'runs.txt');

const add = (line: string): void => appendFileSync(place(), `${line}\n`);

/** Adds what this worker has tried since the last time. */
export function addRuns(): void {
  const runs = randomRuns();
  add(String(runs - added));
  added = runs;
}

/** Says that all files are run, so that what they count has to be enough. */
export const tellWhole = (): void => add(WHOLE);

export function readRuns(): { readonly runs: number; readonly isWhole: boolean } {
  const lines = existsSync(place()) ? readFileSync(place(), 'utf8').trim().split('\n') : [];
  const counts = lines.filter((line) => line !== WHOLE).map(Number);
  return { runs: counts.reduce((sum, count) => sum + count, 0), isWhole: lines.includes(WHOLE) };
}

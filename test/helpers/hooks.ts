import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addRuns, readRuns, TALLY } from './run-tally.js';
import { stopWarm } from './warm-command.js';

const ENOUGH = 10_000;

// Mocha gives a worker one second to end, and to write what has been covered can take longer.
const { NODE_V8_COVERAGE, MOCHA_WORKER_ID } = process.env;
if (NODE_V8_COVERAGE && MOCHA_WORKER_ID) process.on('SIGTERM', () => {});

/** Loaded before the tests: what is done around the files of each worker. */
export const mochaHooks = {
  afterAll: [stopWarm, addRuns],
};

/** Before all workers, which find the folder by the environment. */
export function mochaGlobalSetup(): void {
  process.env[TALLY] = mkdtempSync(join(tmpdir(), 'tally-'));
}

/** Behind all of them. */
export function mochaGlobalTeardown(): void {
  const { runs, isWhole } = readRuns();
  rmSync(process.env[TALLY] ?? '', { recursive: true, force: true });
  if (!isWhole) return;
  console.log(`  ${runs} random runs of properties\n`);
  expect(runs, 'random runs of properties').to.be.at.least(ENOUGH);
}

import fc from 'fast-check';
import { countRuns } from './random-runs.js';

/**
 * Loaded before the tests: properties draw the same values in every run, so that what passed once passes again.
 * `SLUICE_SEED=n` draws others, `SLUICE_SEED=random` others each time; a failure prints its seed. Their runs are counted.
 */
const { SLUICE_SEED: wish = '1' } = process.env;
fc.configureGlobal({
  ...(wish !== 'random' && { seed: Number(wish) }),
  reporter: countRuns,
});

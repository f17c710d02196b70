import fc from 'fast-check';
import { countRuns } from './random-runs.js';

/**
 * Loaded before the tests. Property tests use the same random values in every run, so that their result is repeatable.
 * `SLUICE_SEED=n` uses others, and `SLUICE_SEED=random` new ones each time. A failure prints its seed. Also counts
 * runs.
 */
const { SLUICE_SEED: wish = '1' } = process.env;
fc.configureGlobal({
  ...(wish !== 'random' && { seed: Number(wish) }),
  reporter: countRuns,
});

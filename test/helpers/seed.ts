import fc from 'fast-check';

/**
 * Loaded before the tests: properties draw the same values in every run, so that what passed once passes again.
 * `SLUICE_SEED=n` draws others, `SLUICE_SEED=random` others each time; a failure prints its seed.
 */
const { SLUICE_SEED: wish = '1' } = process.env;
if (wish !== 'random') fc.configureGlobal({ seed: Number(wish) });

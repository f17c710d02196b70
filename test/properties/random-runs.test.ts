import { expect } from 'chai';
import { randomRuns } from '../helpers/random-runs.js';

const ENOUGH = 10_000;

// A root hook, so that it runs after all tests.
after('properties are tried 10,000 times and more', () => {
  console.log(`\n  ${randomRuns()} random runs of properties`);
  expect(randomRuns()).to.be.at.least(ENOUGH);
});

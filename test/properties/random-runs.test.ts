import { expect } from 'chai';
import { randomRuns } from '../helpers/random-runs.js';

const ENOUGH = 10_000;

// Of no suite: it comes after all tests that there are.
after('properties are tried 10,000 times and more', () => {
  console.log(`\n  ${randomRuns()} random runs of properties`);
  expect(randomRuns()).to.be.at.least(ENOUGH);
});

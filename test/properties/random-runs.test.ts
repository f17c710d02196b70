import { expect } from 'chai';
import fc from 'fast-check';
import { randomRuns } from '../helpers/random-runs.js';
import { tellWhole } from '../helpers/run-tally.js';

describe('randomRuns', () => {
  // This file is run among all of them, and what they try is to be enough in the end.
  before(tellWhole);

  it('randomRuns() counts each value that a property is tried with', () => {
    const before = randomRuns();
    fc.assert(
      fc.property(fc.nat(), () => {}),
      { numRuns: 7 },
    );
    expect(randomRuns() - before).to.equal(7);
  });
});

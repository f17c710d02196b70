import fc from 'fast-check';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { TIMEOUT_MS } from './timeout.js';
import { wholeRuns } from './whole-run.js';

describe('random whole runs, with anything going wrong at any moment', function () {
  this.timeout(TIMEOUT_MS);
  noUnhandled();

  it('have one outcome, account for every item, keep order and bounds, and close everything, by pipeline', async () => {
    await fc.assert(wholeRuns.pipeline, { numRuns: 2000 });
  });

  it("have one outcome, account for every item, keep order, and close everything, by Node's pipeline", async () => {
    await fc.assert(wholeRuns["Node's pipeline"], { numRuns: 1000 });
  });

  it('have one outcome, account for every item, keep order, and answer every send once, by push', async () => {
    await fc.assert(wholeRuns.push, { numRuns: 1500 });
  });
});

import { Readable } from 'node:stream';
import { expect } from 'chai';
import { count, pipeline } from '../../lib/index.js';
import { ticksMade } from '../helpers/ticks-made.js';

const ITEMS = 5000;
/** Enough for what is scheduled per run, not per item. */
const FEW = 500;

describe('a readable stream of the user', () => {
  it('that makes its items synchronously is read without a tick for each', async () => {
    let made = 0;
    const stream = new Readable({
      objectMode: true,
      read() {
        made += 1;
        this.push(made > ITEMS ? null : made);
      },
    });
    const run = async () => expect(await pipeline(stream, count())).to.equal(ITEMS);
    expect(await ticksMade(run)).to.be.below(FEW);
  });
});

import { expect } from 'chai';
import { withBytes } from '../../../lib/observe/show/stats-reads.js';
import { runStats } from '../../helpers/run-stats.js';

const bytesOf = (run: Parameters<typeof withBytes>[0]): unknown =>
  withBytes(run).stages.map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut]);

describe('withBytes', () => {
  it('tells bytes at both ends of their way, and of no other', () => {
    const run = runStats([
      { name: 'read', bytesOut: 10 },
      { name: 'parse' },
      { name: 'format' },
      { name: 'write', bytesIn: 7 },
    ]);
    expect(bytesOf(run)).to.deep.equal([
      [undefined, 10],
      [10, undefined],
      [undefined, 7],
      [7, undefined],
    ]);
  });

  it('does not guess where several stages take or give items', () => {
    const run = runStats([
      { name: 'a', bytesOut: 10 },
      { name: 'b', inputs: [] },
      { name: 'zip', inputs: [0, 1] },
      { name: 'left', inputs: [2], bytesIn: 5 },
      { name: 'right', inputs: [2] },
    ]);
    expect(bytesOf(run)).to.deep.equal([
      [undefined, 10],
      [undefined, undefined],
      [undefined, undefined],
      [5, undefined],
      [undefined, undefined],
    ]);
  });
});

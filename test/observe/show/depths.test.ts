import { expect } from 'chai';
import { depths } from '../../../lib/observe/show/depths.js';
import { runStats } from '../../helpers/run-stats.js';

describe('depths', () => {
  it('a stage is one further than an input that others take, and what joins inputs is not', () => {
    const { stages } = runStats([
      { name: 'a' },
      { name: 'b', inputs: [] },
      { name: 'zip', inputs: [0, 1] },
      { name: 'broadcast' },
      { name: 'left', inputs: [3] },
      { name: 'right', inputs: [3] },
      { name: 'inner', inputs: [5] },
      { name: 'one', inputs: [6] },
      { name: 'other', inputs: [6] },
    ]);
    expect(depths(stages)).to.deep.equal([0, 0, 0, 0, 1, 1, 1, 2, 2]);
  });
});

import { expect } from 'chai';
import { Recent } from '../../../lib/observe/show/recent.js';

describe('Recent', () => {
  it('answers the oldest of what has been read in the last second and a half', () => {
    const recent = new Recent<{ elapsedMs: number }>();
    const oldest = [0, 500, 1000, 1600, 2100, 9000, 9100].map(
      (elapsedMs) => recent.add({ elapsedMs }).elapsedMs,
    );
    expect(oldest).to.deep.equal([0, 0, 0, 0, 500, 2100, 2100]);
  });

  it('answers a read itself when there is no other', () => {
    const read = { elapsedMs: 7 };
    expect(new Recent().add(read)).to.equal(read);
  });
});

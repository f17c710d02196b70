import { expect } from 'chai';
import { ClockBatch, FIRST_BATCH } from '../../../lib/core/time/clock-batch.js';

/** The sizes that a batch answers, after looks at the clock that lie `passedMs` apart. */
function sizesAfter(batch: ClockBatch, ...passedMs: readonly number[]): number[] {
  let now = 1000;
  batch.looked(now, undefined);
  return passedMs.map((ms) => {
    now += ms;
    return batch.looked(now, undefined);
  });
}

describe('ClockBatch', () => {
  it('doubles up to 1024 items while they take less than a millisecond', () => {
    const sizes = sizesAfter(new ClockBatch(), ...new Array<number>(12).fill(0.5));
    expect(sizes.slice(0, 3)).to.deep.equal([2, 4, 8]);
    expect(sizes.slice(-2)).to.deep.equal([1024, 1024]);
  });

  it('shrinks to what takes a millisecond, and to no less than an item', () => {
    const growing = new Array<number>(8).fill(0.5);
    expect(sizesAfter(new ClockBatch(), ...growing, 10, 4, 100).slice(-3)).to.deep.equal([
      25, 6, 1,
    ]);
  });

  it('keeps its size while the meter is sampling, and the meter has the last word', () => {
    const batch = new ClockBatch();
    const seen: number[] = [];
    const meter = (sampling: boolean) => ({
      sampling,
      looked: (_now: number, usual: number) => {
        seen.push(usual);
        return 3;
      },
    });
    expect(batch.looked(500, meter(true))).to.equal(3);
    expect(batch.looked(500.5, meter(true))).to.equal(3);
    expect(batch.looked(501, meter(false))).to.equal(3);
    expect(seen).to.deep.equal([FIRST_BATCH, FIRST_BATCH, FIRST_BATCH * 2]);
  });
});

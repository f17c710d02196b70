import { expect } from 'chai';
import { type Progress, progressLine, progressSummary } from '../../lib/observe/progress-line.js';

const MIB = 1024 * 1024;
const early: Progress = { elapsedMs: 30_000, bytes: 10 * MIB, total: 100 * MIB, items: 1000 };
const now: Progress = { elapsedMs: 32_000, bytes: 16 * MIB, total: 100 * MIB, items: 1500 };

describe('progressLine', () => {
  it('shows bytes, percent, rate, the time left and items, with rates since the earlier read', () => {
    expect(progressLine(now, early, 75)).to.equal(
      '16%  16.0 MiB/100 MiB  3.00 MiB/s  2:48 left  1,500 items  250 items/s',
    );
  });

  it('has a bar where there is room', () => {
    expect(progressLine(now, early, 84)).to.match(/^\[= {9}\] {2}16% /);
    expect(progressLine(now, early, 200)).to.match(/^\[={4} {26}\] {2}16% /);
  });

  it('leaves out the least of it where it is narrow, and never breaks', () => {
    expect(
      [60, 50, 40, 24, 14, 9, 3].map((width) => progressLine(now, early, width)),
    ).to.deep.equal([
      '16%  16.0 MiB/100 MiB  3.00 MiB/s  2:48 left  1,500 items',
      '16%  16.0 MiB/100 MiB  3.00 MiB/s  2:48 left',
      '[=         ]  16%  3.00 MiB/s  2:48 left',
      '16%  2:48 left',
      '16%  2:48 left',
      '2:48 left',
      '2:4',
    ]);
    for (let width = 1; width < 120; width += 1)
      expect(progressLine(now, early, width).length).to.be.at.most(width);
  });

  for (const [title, total] of [
    ['how much there is to read is not known', undefined],
    ['an input is empty, or is no file', 0],
    ['a file has grown since it was opened', 15 * MIB],
  ] as const) {
    it(`has no percent and no time left where ${title}`, () => {
      expect(progressLine({ ...now, total }, early, 80)).to.equal(
        '16.0 MiB  3.00 MiB/s  0:32  1,500 items  250 items/s',
      );
    });
  }

  it('tells no time left before the first byte, and no rate before any time has passed', () => {
    const none: Progress = { elapsedMs: 0, bytes: 0, total: 100 * MIB, items: 0 };
    expect(progressLine(none, none, 60)).to.equal(
      '0%  0 B/100 MiB  0 B/s  0:00  0 items  0 items/s',
    );
  });
});

describe('progressSummary', () => {
  it('tells bytes, time, items and their rates over all of it, as far as they fit', () => {
    expect(progressSummary(now, Number.POSITIVE_INFINITY)).to.equal(
      '16.0 MiB  0:32  512 KiB/s  1,500 items  46.9 items/s',
    );
    expect(progressSummary(now, 30)).to.equal('16.0 MiB  0:32  512 KiB/s');
  });
});

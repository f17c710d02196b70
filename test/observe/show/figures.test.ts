import { expect } from 'chai';
import {
  duration,
  exact,
  percent,
  perSecond,
  short,
  size,
} from '../../../lib/observe/show/figures.js';

describe('figures', () => {
  for (const [title, told, expected] of [
    [
      'exact parts thousands',
      [0, 999, 1000, 1234567].map(exact),
      ['0', '999', '1,000', '1,234,567'],
    ],
    [
      'short has three digits that count, and the next unit when it would have four',
      [0, 0.25, 9.996, 12, 999, 1000, 1234, 99_960, 999_600, 4.2e9, 1e20].map(short),
      ['0', '0.25', '10.0', '12', '999', '1.00k', '1.23k', '100k', '1.00M', '4.20G', '100000P'],
    ],
    [
      'size counts by 1024',
      [0, 1023, 1024, 1536, 1023.7 * 1024, 104_857_600].map(size),
      ['0 B', '1023 B', '1.00 KiB', '1.50 KiB', '1.00 MiB', '100 MiB'],
    ],
    [
      'duration has hours where there are any',
      [0, 7400, 59_600, 3_599_000, 3_723_000, 360_000_000].map(duration),
      ['0:00', '0:07', '1:00', '59:59', '1:02:03', '100:00:00'],
    ],
    [
      'percent is one of what there is, and nothing of nothing',
      [percent(1, 3), percent(5, 4), percent(-1, 4), percent(0, 0)],
      ['33%', '100%', '0%', ''],
    ],
    ['perSecond is none where no time has passed', [perSecond(5, 0), perSecond(5, 500)], [0, 10]],
  ] as const) {
    it(title, () => {
      expect(told).to.deep.equal(expected);
    });
  }
});

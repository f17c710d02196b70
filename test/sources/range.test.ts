import { expect } from 'chai';
import fc from 'fast-check';
import { take } from '../../lib/operators/take.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { type RangeOptions, range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { sourceGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

const cases: readonly [string, Parameters<typeof range>, readonly number[]][] = [
  ['stops before end', [0, 3], [0, 1, 2]],
  ['counts from start', [-2, 1], [-2, -1, 0]],
  ['is empty when start is end', [3, 3], []],
  ['is empty when end is before start', [3, 0], []],
  ['takes every step-th number', [0, 10, { step: 4 }], [0, 4, 8]],
  ['stops before end with a step that meets it', [0, 8, { step: 4 }], [0, 4]],
  ['counts down with a negative step', [3, 0, { step: -1 }], [3, 2, 1]],
  ['is empty when counting down to a larger end', [0, 3, { step: -1 }], []],
  ['takes fractions', [0.5, 2.5], [0.5, 1.5]],
  [
    'does not add up rounding errors',
    [0, 1, { step: 0.1 }],
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((x) => x * 0.1),
  ],
];

const wrong: readonly [string, [unknown, unknown, RangeOptions?], string][] = [
  ['start NaN', [Number.NaN, 1], 'range: start must be a finite number, got NaN'],
  [
    'an infinite start',
    [Number.NEGATIVE_INFINITY, 1],
    'range: start must be a finite number, got -Infinity',
  ],
  ['a start that is no number', ['0', 1], 'range: start must be a finite number, got 0'],
  ['end NaN', [0, Number.NaN], 'range: end must be a number, got NaN'],
  ['no end', [0, undefined], 'range: end must be a number, got undefined'],
  ['step 0', [0, 1, { step: 0 }], 'range: step must be a finite number other than 0, got 0'],
  ['an infinite step', [0, 1, { step: Number.POSITIVE_INFINITY }], 'got Infinity'],
  ['a step that is no number', [0, 1, { step: '1' as never }], 'got 1'],
];

describe('range', () => {
  for (const [what, args, expected] of cases)
    sourceGives(
      `range(${args.map((arg) => JSON.stringify(arg)).join(', ')}) ${what}`,
      () => range(...args),
      expected,
    );

  for (const [what, args, message] of wrong)
    refuses(
      `range refuses ${what} at the call`,
      () => range(...(args as [number, number])),
      message,
    );

  it('range(start, Infinity) never ends by itself', async () => {
    const endless = range(7, Number.POSITIVE_INFINITY);
    expect(await pipeline(endless, take(3), toArray())).to.deep.equal([7, 8, 9]);
  });

  it('range gives each number that is before its end as numbers are, however they round', () => {
    const size = fc.constantFrom(0.1, 1 / 3, 1, 3, 1e-10, 1e3, 2 ** 53, 1e15, 1e300);
    const number = fc.tuple(fc.integer({ min: -30, max: 30 }), size).map(([n, by]) => n * by);
    const step = number.filter((n) => n !== 0);
    const some = 50;
    fc.assert(
      fc.property(number, number, step, (start, end, by) => {
        const expected: number[] = [];
        for (let x = start; by > 0 ? x < end : x > end; x = start + expected.length * by) {
          if (expected.length === some) break;
          expected.push(x);
        }
        expect([...pull(range(start, end, { step: by }), take(some))]).to.deep.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('range(start, -Infinity) counts down without end', () => {
    const endless = range(0, Number.NEGATIVE_INFINITY, { step: -2 });
    expect([...pull(endless, take(3))]).to.deep.equal([0, -2, -4]);
  });

  goesByName('range', (options) => [range(0, 2, options), toArray()]);

  it('range gives numbers', async () => {
    typed<number[]>()(await pipeline(range(0, 1), toArray()));
  });
});

import { expect } from 'chai';
import { BoundError } from '../../lib/core/base/errors.js';
import { tally } from '../../lib/sinks/tally.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { sinkGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('tally', () => {
  noUnhandled();

  sinkGives(
    'tally results in the most frequent key first, of equally frequent ones the one that came first',
    ['b', 'a', 'c', 'a', 'c', 'd'],
    () => tally((text: string) => text),
    [
      ['a', 2],
      ['c', 2],
      ['b', 1],
      ['d', 1],
    ],
  );
  sinkGives(
    'tally compares keys as a Map does',
    [Number.NaN, 0, -0, Number.NaN, '0', undefined],
    () => tally((item: unknown) => item),
    [
      [Number.NaN, 2],
      [0, 2],
      ['0', 1],
      [undefined, 1],
    ],
  );
  sinkGives('tally counts the items themselves unless it is told what', ['a', 'b', 'a'], tally, [
    ['a', 2],
    ['b', 1],
  ]);
  sinkGives('tally of nothing results in nothing', [], () => tally(String), []);

  itemCallback({
    operator: 'tally',
    parameter: 'key',
    optional: true,
    goOn: 0,
    run: (items, fn, options) => {
      const sink = tally(fn, options);
      return pipeline(items, sink);
    },
  });

  it('tally fails at the item whose key is one too many, and says what to do', async () => {
    const run = pipeline(
      ['a', 'b', 'a', 'c'],
      tally((text) => text, { maxKeys: 2 }),
    );
    const error = await stageFailure(run);
    expect(error).to.include({ index: 3, item: 'c' });
    expect(error.cause).to.be.instanceOf(BoundError);
    expect(error.message).to.contain(
      'more than 2 distinct keys; raise maxKeys, or count coarser keys',
    );
  });

  for (const value of [0, 1.5, '5'])
    refuses(
      `tally refuses ${value} (${typeof value}) as maxKeys`,
      () => tally((item) => item, { maxKeys: value as never }),
      `tally: maxKeys must be an integer from 1, got ${value}`,
    );

  refuses(
    'tally refuses more maxKeys than a Map takes',
    () => tally((item) => item, { maxKeys: 2 ** 24 + 1 }),
    'tally: maxKeys must be at most 16777216, got 16777217',
  );

  it('tally infers its keys', async () => {
    const counts = await pipeline(
      [{ status: 200 }],
      tally((line) => line.status),
    );
    expect(typed<[number, number][]>()(counts)).to.deep.equal([[200, 1]]);
  });
});

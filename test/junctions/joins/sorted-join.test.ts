import { expect } from 'chai';
import { BoundError, OrderError } from '../../../lib/core/base/errors.js';
import { join } from '../../../lib/junctions/join.js';
import { sort } from '../../../lib/operators/sort.js';
import { drain } from '../../../lib/sinks/drain.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { compose } from '../../../lib/streams/compose.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { stageFailure } from '../../helpers/rejection.js';

const same = (item: number) => item;

describe('join of sorted sources', () => {
  noUnhandled();

  it('join of sorted sources takes dates and arrays as keys', async () => {
    const on = (item: number) => [new Date(item), 'x'];
    const source = join([1, 2], [2, 3], { on, strategy: 'sorted' });
    expect(await pipeline(source, toArray())).to.deep.equal([[2, 2]]);
  });

  it('join of sorted sources holds the right items of one key, and fails when these are too many', async () => {
    const options = { on: same, strategy: 'sorted', maxItems: 2 } as const;
    const fits = join([1, 2], [1, 1, 2, 2, 3, 3, 3], options);
    expect(await pipeline(fits, toArray())).to.have.lengthOf(4);
    const error = await stageFailure(pipeline(join([1, 2], [1, 2, 2, 2], options), drain()));
    expect(error.cause).to.be.instanceOf(BoundError);
    expect(error).to.include({ index: 3 });
    expect(error.message).to.contain('more than 2 items of the right source have one key');
  });

  for (const [side, left, right] of [
    ['left', [1, 3, 2], [1, 2, 3]],
    ['right', [1, 2, 3], [1, 3, 2]],
  ] as const)
    it(`join of sorted sources fails at the item that is out of order in the ${side} one`, async () => {
      const source = join(left, right, { on: same, strategy: 'sorted' });
      const error = await stageFailure(pipeline(source, drain()));
      expect(error.cause).to.be.instanceOf(OrderError);
      expect(error).to.include({ index: 2, item: 2 });
      expect(error.message).to.contain(`the ${side} source is not sorted`);
    });

  it('join of sorted sources fails by name when keys have no order', async () => {
    const source = join([{}], [{}], { on: (item) => item, strategy: 'sorted' });
    const error = await stageFailure(pipeline(source, drain()));
    expect(error.message).to.match(/^join \(stage 0\) failed.*: objects can't be put in order/);
  });

  it('join of sorted sources goes by compare and descending', async () => {
    const on = (text: string) => text;
    const compare = (a: string, b: string) => a.toLowerCase().localeCompare(b.toLowerCase());
    const options = {
      on,
      compare: compare as (a: unknown, b: unknown) => number,
      descending: true,
    };
    const source = join(['c', 'B', 'a'], ['C', 'b', 'b'], { ...options, strategy: 'sorted' });
    expect(await pipeline(source, toArray())).to.deep.equal([
      ['c', 'C'],
      ['B', 'b'],
      ['B', 'b'],
    ]);
  });

  it('join of sorted sources takes what sort gives', async () => {
    const numbers = Array.from({ length: 300 }, (_, at) => (at * 7) % 100);
    const sorted = () => compose(numbers, sort<number>({ maxItems: 20, maxRuns: 3 }));
    const source = join(sorted(), sorted(), { on: same, strategy: 'sorted' });
    const pairs = await pipeline(source, toArray());
    expect(pairs).to.have.lengthOf(900);
    for (const [left, right] of pairs) expect(left).to.equal(right);
  });
});

import { expect } from 'chai';
import { dropWhile } from '../../lib/operators/drop-while.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { typed } from '../helpers/typed.js';

describe('dropWhile', () => {
  stageGives(
    'dropWhile(fn) emits the items from the first on that fn refuses to drop',
    [1, 2, 9, 1],
    () => dropWhile((x) => x < 5),
    [9, 1],
  );
  stageGivesLater(
    'dropWhile(fn) waits for a promise, and goes by what it resolves to',
    [1, 2, 9, 1],
    () => dropWhile(async (x) => x < 5),
    [9, 1],
  );
  stageGives(
    'dropWhile(fn) goes by whether the answer is true, not by its type',
    ['a', '', 'b'],
    () => dropWhile((text) => text),
    ['', 'b'],
  );
  stageGives(
    'dropWhile(fn) emits nothing when fn drops all',
    [1, 2],
    () => dropWhile(() => true),
    [],
  );
  stageGives(
    'dropWhile(fn) emits all when fn drops none',
    [1, 2],
    () => dropWhile(() => false),
    [1, 2],
  );
  stageGives('dropWhile(fn) of nothing emits nothing', [], () => dropWhile(() => true), []);
  itemCallback({
    operator: 'dropWhile',
    goOn: true,
    run: (items, fn, options) => pipeline(items, dropWhile(fn, options), toArray()),
  });

  it('dropWhile(fn) asks fn no more once it has refused to drop an item', async () => {
    const asked: number[] = [];
    const small = (x: number) => asked.push(x) < 3;
    expect(await pipeline(range(0, 6), dropWhile(small), toArray())).to.deep.equal([2, 3, 4, 5]);
    expect(asked).to.deep.equal([0, 1, 2]);
  });

  it('dropWhile infers its items', async () => {
    typed<number[]>()(
      await pipeline(
        range(0, 3),
        dropWhile((x) => typed<number>()(x)),
        toArray(),
      ),
    );
  });
});

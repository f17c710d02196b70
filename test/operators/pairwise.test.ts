import { expect } from 'chai';
import { pairwise } from '../../lib/operators/pairwise.js';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { typed } from '../helpers/typed.js';

describe('pairwise', () => {
  stageGives('pairwise() emits each item with the one before it', [1, 4, 9], () => pairwise(), [
    [1, 4],
    [4, 9],
  ]);
  stageGives('pairwise() emits nothing for a single item', [1], () => pairwise(), []);
  stageGives('pairwise() of nothing emits nothing', [], () => pairwise(), []);
  stageGives(
    'pairwise() pairs undefined like any item',
    [undefined, undefined, 1],
    () => pairwise(),
    [
      [undefined, undefined],
      [undefined, 1],
    ],
  );

  it('pairwise() answers, in push, the first item with its pair, then each at once', async () => {
    const producer = push(pairwise<number>(), (pair) => pair.join());
    const both = [0, 1].map((item) => producer.send(item));
    expect(await Promise.all(both)).to.deep.equal(['0,1', '0,1']);
    expect(await producer.send(2)).to.equal('1,2');
    await producer.close();
  });

  it('pairwise() answers undefined, in push, for an item that stays alone', async () => {
    const producer = push(pairwise<number>(), (pair) => pair.join());
    const answer = producer.send(0);
    await producer.close();
    expect(await answer).to.equal(undefined);
  });

  goesByName('pairwise', (options) => [[1, 2], pairwise(options), toArray()]);

  it('pairwise infers its items', async () => {
    typed<[previous: number, current: number][]>()(
      await pipeline(range(0, 3), pairwise(), toArray()),
    );
  });
});

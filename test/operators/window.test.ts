import { expect } from 'chai';
import { window } from '../../lib/operators/window.js';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { typed } from '../helpers/typed.js';

describe('window', () => {
  stageGives(
    'window(size) emits the last size items, oldest first, for each item that completes them',
    [1, 2, 3, 4],
    () => window(2),
    [
      [1, 2],
      [2, 3],
      [3, 4],
    ],
  );
  stageGives('window(size) emits one array for size items', [1, 2], () => window(2), [[1, 2]]);
  stageGives('window(size) emits nothing for fewer than size items', [1, 2], () => window(3), []);
  stageGives('window(1) emits each item in an array', [1, 2], () => window(1), [[1], [2]]);
  stageGives('window(size) of nothing emits nothing', [], () => window(2), []);
  stageGives(
    'window(size) counts undefined as an item',
    [undefined, 1, undefined],
    () => window(2),
    [
      [undefined, 1],
      [1, undefined],
    ],
  );
  refusesCounts(
    (size) => `window(${size})`,
    (size) => window(size),
    { who: 'window', name: 'size', least: 1 },
  );

  it('window(size) emits an array as soon as its last item has come', () => {
    const counted = new Counted();
    const windows = pull(counted.items(), window(3));
    expect(windows.next().value).to.deep.equal([0, 1, 2]);
    expect(counted.asked).to.equal(3);
    expect(windows.next().value).to.deep.equal([1, 2, 3]);
    expect(counted.asked).to.equal(4);
    windows.return?.();
  });

  it("window(size) hands on arrays that are the reader's own", () => {
    const emptied: number[][] = [];
    for (const items of pull(range(0, 4), window(2))) emptied.push(items.splice(0));
    expect(emptied).to.deep.equal([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('window(size) answers, in push, the items of the first window with it, then each at once', async () => {
    const producer = push(window<number>(3), (items) => items.join());
    const filling = [0, 1, 2].map((item) => producer.send(item));
    expect(await Promise.all(filling)).to.deep.equal(['0,1,2', '0,1,2', '0,1,2']);
    expect(await producer.send(3)).to.equal('1,2,3');
    expect(await producer.send(4)).to.equal('2,3,4');
    await producer.close();
  });

  it('window(size) answers undefined, in push, when it closes before the first window', async () => {
    const producer = push(window<number>(3), (items) => items.join());
    const answers = [0, 1].map((item) => producer.send(item));
    await producer.close();
    expect(await Promise.all(answers)).to.deep.equal([undefined, undefined]);
  });

  goesByName('window', (options) => [[1, 2], window(1, options), toArray()]);

  it('window infers its items', async () => {
    typed<number[][]>()(await pipeline(range(0, 3), window(2), toArray()));
  });
});

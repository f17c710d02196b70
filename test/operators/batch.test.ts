import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

describe('batch', () => {
  stageGives('batch(size) emits arrays of size items', [1, 2, 3, 4], () => batch(2), [
    [1, 2],
    [3, 4],
  ]);
  stageGives('batch(size) emits a shorter last array', [1, 2, 3], () => batch(2), [[1, 2], [3]]);
  stageGives('batch(size) emits one array when there are fewer items', [1, 2], () => batch(9), [
    [1, 2],
  ]);
  stageGives('batch(1) emits each item in an array', [1, 2], () => batch(1), [[1], [2]]);
  stageGives('batch(size) of nothing emits nothing', [], () => batch(2), []);
  stageGives('batch(size) counts undefined as an item', [undefined, 1], () => batch(2), [
    [undefined, 1],
  ]);
  for (const size of [
    0,
    -1,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '2' as never,
    undefined as never,
  ]) {
    refuses(
      `batch(${size}) is refused at the call`,
      () => batch(size),
      `batch: size must be an integer from 1, got ${size}`,
    );
  }

  it('batch(size) emits an array as soon as size items have come', () => {
    const counted = new Counted();
    const batches = pull(counted.items(), batch(3));
    expect(batches.next().value).to.deep.equal([0, 1, 2]);
    expect(counted.asked).to.equal(3);
    batches.return?.();
  });

  it("batch(size) hands on arrays that are the reader's own", () => {
    const emptied: number[][] = [];
    for (const items of pull(range(0, 4), batch(2))) emptied.push(items.splice(0));
    expect(emptied).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it('batch(size) answers what it holds, in push, when it lets go of it', async () => {
    const producer = push(batch<string>(2), (items) => items.join());
    const answers = ['a', 'b', 'c'].map((item) => producer.send(item));
    await producer.close();
    expect(await Promise.all(answers)).to.deep.equal(['a,b', 'a,b', 'c']);
  });

  goesByName('batch', (options) => [[1, 2], batch(2, options), toArray()]);

  it('batch infers its items', async () => {
    typed<number[][]>()(await pipeline(range(0, 3), batch(2), toArray()));
  });
});

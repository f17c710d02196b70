import { expect } from 'chai';
import { take } from '../../lib/operators/take.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { nodeRun } from '../helpers/node-run.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { typed } from '../helpers/typed.js';

describe('take', () => {
  stageGives('take(count) emits the first count items', [1, 2, 3], () => take(2), [1, 2]);
  stageGives('take(count) emits all items when there are fewer', [1, 2], () => take(9), [1, 2]);
  stageGives('take(0) emits nothing', [1, 2], () => take(0), []);
  stageGives('take(count) of nothing emits nothing', [], () => take(2), []);
  stageGives('take(count) counts undefined as an item', [undefined, 1, 2], () => take(2), [
    undefined,
    1,
  ]);
  refusesCounts(
    (count) => `take(${count})`,
    (count) => take(count),
    { who: 'take', name: 'count', least: 0 },
  );

  for (const count of [0, 1, 4]) {
    for (const kind of ['items', 'later'] as const) {
      it(`take(${count}) asks its input (${kind}) ${count} times, and it is closed`, async () => {
        const counted = new Counted();
        const { length } = await pipeline(counted[kind](), take(count), toArray());
        expect(length).to.equal(count);
        expect(counted).to.deep.equal({ asked: count, closed: count > 0 });
      });
    }
  }

  it('take(count) ends with its last item, in pull too', () => {
    const counted = new Counted();
    expect([...pull(counted.items(), take(4))]).to.have.length(4);
    expect(counted).to.deep.equal({ asked: 4, closed: true });
  });

  it('take(count) closes its input before the items it has taken are through', async () => {
    const counted = new Counted();
    const closed: boolean[] = [];
    const watch = async function* (items: AsyncIterable<number>) {
      for await (const item of items) yield item;
      closed.push(counted.closed);
    };
    await pipeline(counted.items(), take(2), watch, toArray());
    expect(closed).to.deep.equal([true]);
  });

  it("take(count) ends an endless source in Node's pipeline", async () => {
    const sink = toArray<number>();
    await nodeRun([range(0, Number.POSITIVE_INFINITY), take(3), sink]);
    expect(await sink.result()).to.deep.equal([0, 1, 2]);
  });

  goesByName('take', (options) => [[1, 2], take(1, options), toArray()]);

  it('take infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 3), take(1), toArray()));
  });
});

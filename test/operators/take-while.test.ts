import { expect } from 'chai';
import { takeWhile } from '../../lib/operators/take-while.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { nodeRun } from '../helpers/node-run.js';
import { typed } from '../helpers/typed.js';

describe('takeWhile', () => {
  stageGives(
    'takeWhile(fn) emits the items before the first that fn refuses, and none after',
    [1, 2, 9, 1],
    () => takeWhile((x) => x < 5),
    [1, 2],
  );
  stageGivesLater(
    'takeWhile(fn) waits for a promise, and goes by what it resolves to',
    [1, 2, 9, 1],
    () => takeWhile(async (x) => x < 5),
    [1, 2],
  );
  stageGives(
    'takeWhile(fn) goes by whether the answer is true, not by its type',
    ['a', 'b', '', 'c'],
    () => takeWhile((text) => text),
    ['a', 'b'],
  );
  stageGives(
    'takeWhile(fn) emits all when fn refuses none',
    [1, 2],
    () => takeWhile(() => true),
    [1, 2],
  );
  stageGives(
    'takeWhile(fn) emits nothing when fn refuses the first',
    [1],
    () => takeWhile(() => false),
    [],
  );
  stageGives('takeWhile(fn) of nothing emits nothing', [], () => takeWhile(() => true), []);
  itemCallback({
    operator: 'takeWhile',
    goOn: true,
    run: (items, fn, options) => pipeline(items, takeWhile(fn, options), toArray()),
  });

  for (const [how, fn] of [
    ['fn', (x: number) => x < 3],
    ['a promise of fn', async (x: number) => x < 3],
  ] as const) {
    for (const kind of ['items', 'later'] as const) {
      it(`takeWhile ends with the item that ${how} refuses and closes its input (${kind})`, async () => {
        const counted = new Counted();
        expect(await pipeline(counted[kind](), takeWhile(fn), toArray())).to.deep.equal([0, 1, 2]);
        expect(counted).to.deep.equal({ asked: 4, closed: true });
      });
    }
  }

  it('takeWhile(fn) ends without asking for one more in pull', () => {
    const counted = new Counted();
    expect([
      ...pull(
        counted.items(),
        takeWhile((x) => x < 3),
      ),
    ]).to.deep.equal([0, 1, 2]);
    expect(counted).to.deep.equal({ asked: 4, closed: true });
  });

  it("takeWhile(fn) ends an endless source in Node's pipeline", async () => {
    const sink = toArray<number>();
    await nodeRun([range(0, Number.POSITIVE_INFINITY), takeWhile((x: number) => x < 3), sink]);
    expect(await sink.result()).to.deep.equal([0, 1, 2]);
  });

  it("takeWhile narrows its items by fn's type guard", async () => {
    const mixed: (string | number)[] = ['a', 1];
    typed<string[]>()(
      await pipeline(
        mixed,
        takeWhile((item) => typeof item === 'string'),
        toArray(),
      ),
    );
    typed<number[]>()(
      await pipeline(
        range(0, 3),
        takeWhile((x) => typed<number>()(x)),
        toArray(),
      ),
    );
  });
});

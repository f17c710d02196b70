import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { BoundError } from '../../lib/core/base/errors.js';
import { groupBy } from '../../lib/junctions/group-by.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { sinkGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';

const self = <T>(x: T): T => x;
const third = (x: number): number => x % 3;

describe('groupBy', () => {
  noUnhandled();

  sinkGives(
    'groupBy results in a Map in the order in which the keys came',
    [4, 3, 1, 2, 0],
    () => groupBy(third, () => toArray<number>()),
    new Map([
      [1, [4, 1]],
      [0, [3, 0]],
      [2, [2]],
    ]),
  );
  sinkGives(
    'groupBy compares keys as a Map does',
    [Number.NaN, undefined, Number.NaN, 0, -0],
    () => groupBy(self, () => count()),
    new Map([
      [Number.NaN, 2],
      [undefined, 1],
      [0, 2],
    ]),
  );
  sinkGives(
    'groupBy with end-oldest ends the group whose latest item is longest ago',
    ['a1', 'b1', 'a2', 'c1', 'b2', 'a3'],
    () =>
      groupBy(
        (text: string) => text[0],
        () => toArray<string>(),
        { groups: 2, when: 'end-oldest' },
      ),
    new Map([
      ['a', [['a1', 'a2'], ['a3']]],
      ['b', [['b1'], ['b2']]],
      ['c', [['c1']]],
    ]),
  );

  for (const [what, call] of Object.entries({
    'key must be a function': () => groupBy('id' as never, () => count()),
    'make must be a function': () => groupBy(self, count() as never),
    'groups must be an integer from 1, got 0': () => groupBy(self, () => count(), { groups: 0 }),
    'buffer must be an integer from 1, got 0': () => groupBy(self, () => count(), { buffer: 0 }),
    "when must be one of 'fail', 'end-oldest', got drop": () =>
      groupBy(self, () => count(), { when: 'drop' as never }),
  })) {
    refuses(`groupBy says at the call that ${what}`, call, `groupBy: ${what}`);
  }

  it('groupBy fails when there would be more groups than its bound, and names the key', async () => {
    const counted = new Counted();
    const error = await stageFailure(
      pipeline(
        counted.later(),
        groupBy(self, () => count(), { groups: 3, name: 'groups' }),
      ),
    );
    expect(error).to.deep.include({ stage: { name: 'groups', position: 1 }, index: 3 });
    expect(error.item).to.equal(3);
    expect(error.cause).to.be.instanceOf(BoundError);
    expect(error.message).to.include(
      'one group more than 3 would be open, for 3; raise the groups',
    );
    expect(counted.closed).to.equal(true);
  });

  it('groupBy takes as many groups as its bound says', async () => {
    const groups = await pipeline(
      range(0, 6),
      groupBy(third, () => count(), { groups: 3 }),
    );
    expect([...groups.values()]).to.deep.equal([2, 2, 2]);
  });

  it('groupBy with end-oldest never has more groups open than its bound', async () => {
    let open = 0;
    let most = 0;
    const make = () => {
      open += 1;
      most = Math.max(most, open);
      return async (items: AsyncIterable<number>) => {
        let all = 0;
        for await (const item of items) all += item;
        await turn();
        open -= 1;
        return all;
      };
    };
    const key = (x: number) => x % 7;
    const sink = groupBy(key, make, { groups: 3, when: 'end-oldest' });
    const groups = await pipeline(range(0, 100), sink);
    expect(most).to.equal(3);
    expect(open).to.equal(0);
    const total = [...groups.values()].flat().reduce((sum, x) => sum + x, 0);
    expect(total).to.equal(4950);
  });

  it('groupBy with end-oldest keeps no result that is undefined, nor a key without another', async () => {
    const make = () => async (items: AsyncIterable<number>) => {
      let latest = 0;
      for await (const item of items) latest = item;
      return latest >= 10 && latest < 14 ? latest : undefined;
    };
    const sink = groupBy((x: number) => x % 10, make, { groups: 3, when: 'end-oldest' });
    expect([...(await pipeline(range(0, 30), sink))]).to.deep.equal([
      [0, [10]],
      [1, [11]],
      [2, [12]],
      [3, [13]],
    ]);
  });

  it('groupBy with end-oldest waits for the oldest group to end, and asks for no more', async () => {
    const counted = new Counted();
    const gates: Gated[] = [];
    const make = () => {
      const gated = new Gated();
      gates.push(gated);
      return gated.sink;
    };
    const sink = groupBy(self<number>, make, { groups: 1, when: 'end-oldest' });
    const run = pipeline(counted.items(), take(2), sink);
    expect(await quiet(() => counted.asked)).to.equal(2);
    expect(gates).to.have.lengthOf(1);
    await gates[0]?.next();
    await quiet(() => gates.length);
    expect(gates.map(({ begun }) => begun)).to.deep.equal([[0], [1]]);
    await gates[1]?.finish(run);
  });

  it('groupBy goes on past a slow group until an item for it finds no room', async () => {
    const counted = new Counted();
    const gated = new Gated();
    const make = (key: number) => (key === 0 ? gated.sink : drain<number>());
    const run = pipeline(counted.items(), take(12), groupBy(third, make, { buffer: 1 }));
    // One at work, one that waits, one in hand: 0, 3, 6.
    expect(await quiet(() => counted.asked)).to.equal(7);
    await gated.finish(run);
    expect(gated.begun).to.deep.equal([0, 3, 6, 9]);
  });

  it('groupBy drops what comes for a group that has ended early', async () => {
    const groups = await pipeline(
      range(0, 9),
      groupBy(third, () => first<number>()),
    );
    expect([...groups]).to.deep.equal([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it('push into groupBy answers with the answer of the group, also when an old one ends', async () => {
    const make = (key: string) => forEach(async (text: string) => `${key}: ${text}`);
    const producer = push(
      groupBy((text: string) => text.slice(0, 1), make, { groups: 1, when: 'end-oldest' }),
    );
    const sends = ['a1', 'b1', 'a2'].map((text) => producer.send(text));
    expect(await Promise.all(sends)).to.deep.equal(['a: a1', 'b: b1', 'a: a2']);
    expect([...(await producer.close())]).to.deep.equal([]);
  });
});

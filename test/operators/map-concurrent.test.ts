import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AsyncError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Counted } from '../helpers/counted.js';
import { Gates } from '../helpers/gates.js';
import { stageGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { typed } from '../helpers/typed.js';

/** A run of which each call is answered by hand. */
function byHand(end: number, options: { concurrency: number; order?: 'input' | 'completion' }) {
  const gates = new Gates<number>();
  const out: number[] = [];
  const done = pipeline(
    range(0, end),
    map(gates.call, options),
    forEach((item: number) => void out.push(item)),
  );
  const answer = async (...items: number[]) => {
    for (const item of items) {
      await turn();
      gates.answer(item);
    }
    await turn();
  };
  return { gates, out, done, answer };
}

describe('map with concurrency', () => {
  noUnhandled();

  for (const order of ['input', 'completion', (x: number) => x % 2] as const) {
    stageGives(
      `map with order ${String(order)} takes plain answers as they are`,
      [1, 2, 3],
      () => map((x: number) => x * 10, { concurrency: 2, order }),
      [10, 20, 30],
    );
    stageGives(
      `map with order ${String(order)} of nothing emits nothing`,
      [],
      () => map((x: number) => x, { concurrency: 2, order }),
      [],
    );
  }

  it('map makes no more calls at once than it may, and as many', async () => {
    const { gates, done, answer } = byHand(5, { concurrency: 3 });
    await quiet(() => gates.asked.length);
    expect(gates.asked).to.deep.equal([0, 1, 2]);
    await answer(0);
    expect(gates.asked).to.deep.equal([0, 1, 2, 3]);
    await answer(1, 2, 3, 4);
    await done;
  });

  it('map with order input goes on beside a slow call until as many results wait for it', async () => {
    const { gates, out, done, answer } = byHand(9, { concurrency: 2 });
    await answer(1, 2);
    expect(out).to.deep.equal([]);
    expect(gates.asked).to.deep.equal([0, 1, 2]);
    await answer(0);
    expect(out).to.deep.equal([0, 1, 2]);
    expect(gates.asked).to.deep.equal([0, 1, 2, 3, 4]);
    await answer(4, 3, 5, 6, 7, 8);
    await done;
    expect(out).to.deep.equal([...Array(9).keys()]);
  });

  it('map with order completion is not held up by a slow call', async () => {
    const { out, done, answer } = byHand(6, { concurrency: 2, order: 'completion' });
    await answer(1, 2, 3, 4, 5);
    expect(out).to.deep.equal([1, 2, 3, 4, 5]);
    await answer(0);
    await done;
    expect(out).to.deep.equal([1, 2, 3, 4, 5, 0]);
  });

  it('map with an order by key works on one item of a key after another, and on others meanwhile', async () => {
    const gates = new Gates<string>();
    const items = ['a1', 'a2', 'b1', 'c1', 'a3'];
    const stage = map(gates.call, { concurrency: 2, order: ([key]) => key });
    const done = pipeline(items, stage, toArray());
    await turn();
    expect(gates.open).to.deep.equal(['a1', 'b1']);
    for (const item of ['b1', 'c1', 'a1', 'a2', 'a3']) {
      gates.answer(item);
      await turn();
    }
    expect(await done).to.deep.equal(['b1', 'c1', 'a1', 'a2', 'a3']);
  });

  it('map with an order by key lets no more items wait for their key than calls may be under way', async () => {
    const counted = new Counted();
    const gates = new Gates<number>();
    const stage = map(gates.call, { concurrency: 3, order: () => 'the same' });
    const done = pipeline(counted.items(), stage, take(1), toArray());
    expect(await quiet(() => counted.asked)).to.equal(4);
    gates.answer(0);
    expect(await done).to.deep.equal([0]);
  });

  it('map reads no further than it is asked while its callback answers at once', async () => {
    const counted = new Counted();
    const stage = map((x: number) => x, { concurrency: 8 });
    expect(await pipeline(counted.items(), stage, take(3), toArray())).to.deep.equal([0, 1, 2]);
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });

  for (const order of ['input', 'completion', () => 0] as const) {
    for (const [how, fn] of [
      ['at once', (x: number) => x],
      ['with promises that are there', async (x: number) => x],
      ['in turns', (x: number) => (x % 3 === 0 ? Promise.resolve(x) : x)],
    ] as const) {
      it(`map with order ${String(order)} takes 100,000 items ${how} without running out of stack`, async () => {
        const stage = map<number, number>(fn, { concurrency: 4, order });
        expect(await pipeline(range(0, 100_000), stage, count())).to.equal(100_000);
      });
    }
  }

  it('map with concurrency runs in pull as long as nothing has to wait', () => {
    const items = pull(
      range(0, 9),
      map((x) => (x < 2 ? x : Promise.resolve(x)), { concurrency: 2 }),
    );
    expect([items.next().value, items.next().value]).to.deep.equal([0, 1]);
    expect(() => items.next())
      .to.throw()
      .and.deep.include({ index: 2, stage: { name: 'map', position: 1 } })
      .with.property('cause')
      .instanceOf(AsyncError);
  });

  it('map with concurrency 1 calls for one item after another, whatever the order', async () => {
    const { gates, out, done, answer } = byHand(3, { concurrency: 1, order: 'completion' });
    for (const item of [0, 1, 2]) {
      await turn();
      expect(gates.open).to.deep.equal([item]);
      await answer(item);
    }
    await done;
    expect(out).to.deep.equal([0, 1, 2]);
  });

  refuses(
    'map refuses a concurrency of 0 at the call',
    () => map((x) => x, { concurrency: 0 }),
    'map: concurrency must be an integer from 1, got 0',
  );
  refuses(
    'map refuses an order it does not know at the call',
    () => map((x) => x, { concurrency: 2, order: 'any' as never }),
    "map: order must be one of 'input', 'completion', got any",
  );

  for (const order of ['input', 'completion', (x: unknown) => x] as const)
    refuses(
      `map refuses an order (${typeof order === 'string' ? order : 'by key'}) without concurrency at the call`,
      () => map((x) => x, { order }),
      'map: order must come with concurrency; without, items keep their order',
    );

  it('map infers its items, also for the key', async () => {
    typed<string[]>()(
      await pipeline(
        range(0, 3),
        map(async (x) => String(typed<number>()(x)), {
          concurrency: 2,
          order: (x) => typed<number>()(x),
        }),
        toArray(),
      ),
    );
  });
});

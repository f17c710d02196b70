import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';

const sum = () => reduce((total: number, x: number) => total + x, 0);

describe('the pace of broadcast', () => {
  noUnhandled();

  for (const buffer of [1, 3, 64]) {
    it(`broadcast lets a branch get ${buffer} items ahead of a slow one, and no more`, async () => {
      const counted = new Counted();
      const gates: Deferred<void>[] = [];
      const slow = forEach(() => {
        const gate = new Deferred<void>();
        gates.push(gate);
        return gate.promise;
      });
      let ahead = 0;
      const fast = forEach(() => {
        ahead += 1;
      });
      const sink = buffer === 64 ? broadcast(fast, slow) : broadcast(fast, slow, { buffer });
      const run = pipeline(counted.items(), take(100), sink);
      // The slow one has an item in hand besides those it lies behind.
      expect(await quiet(() => ahead)).to.equal(buffer + 1);
      expect(counted.asked).to.equal(buffer + 1);
      gates[0]?.resolve();
      expect(await quiet(() => ahead)).to.equal(buffer + 2);
      for (let at = 1; at < 100; at += 1) {
        await quiet(() => gates.length);
        expect(counted.asked).to.equal(Math.min(100, at + 1 + buffer));
        gates[at]?.resolve();
      }
      await run;
      expect(ahead).to.equal(100);
      expect(gates).to.have.lengthOf(100);
    });
  }

  it('broadcast lets a stream of the user set the pace', async () => {
    const counted = new Counted();
    let release: () => void = () => {};
    let written = 0;
    const slow = new Writable({
      objectMode: true,
      highWaterMark: 2,
      write: (_item, _encoding, done) => {
        written += 1;
        release = done;
      },
    });
    const run = pipeline(counted.items(), take(20), broadcast(drain(), slow, { buffer: 3 }));
    expect(await quiet(() => counted.asked)).to.equal(2 + 3);
    for (let at = 0; at < 20; at += 1) {
      expect(await quiet(() => written)).to.equal(at + 1);
      release();
    }
    await run;
  });

  it('broadcast with a branch that takes one, one that is slow and one that is fast', async () => {
    const slow: number[] = [];
    const results = await pipeline(
      range(0, 100),
      broadcast(
        first<number>(),
        forEach(async (x: number) => {
          await turn();
          slow.push(x);
        }),
        sum(),
        compose(take(2), toArray<number>()),
        { buffer: 2 },
      ),
    );
    expect(results).to.deep.equal([0, undefined, 4950, [0, 1]]);
    expect(slow).to.have.lengthOf(100);
  });

  for (const kind of ['items', 'later'] as const) {
    it(`broadcast asks for no more when all branches have ended early (${kind})`, async () => {
      const counted = new Counted();
      const sink = broadcast(first(), compose(take(3), toArray()), compose(take(0), count()));
      expect(await pipeline(counted[kind](), sink)).to.deep.equal([0, [0, 1, 2], 0]);
      expect(counted).to.deep.equal({ asked: 3, closed: true });
    });

    it(`broadcast asks for no more than the buffer while a function makes up its mind (${kind})`, async () => {
      const counted = new Counted();
      const sink = broadcast(first(), async (items: AsyncIterable<number>) => {
        for await (const item of items) if (item === 1) return item;
        return -1;
      });
      expect(await pipeline(counted[kind](), sink)).to.deep.equal([0, 1]);
      expect(counted.asked).to.be.within(2, 2 + 64);
      expect(counted.closed).to.equal(true);
    });
  }

  it('broadcast whose branches want no more waits for what they still do', async () => {
    const gate = new Deferred<void>();
    const aborted: boolean[] = [];
    const busy = () =>
      compose(
        take<number>(1),
        map(async (x: number, { signal }) => {
          await gate.promise;
          aborted.push(signal.aborted);
          return x;
        }),
        toArray<number>(),
      );
    const run = pipeline(range(0, Number.POSITIVE_INFINITY), broadcast(busy(), first(), busy()));
    await quiet(() => 0);
    gate.resolve();
    expect(await run).to.deep.equal([[0], 0, [0]]);
    expect(aborted).to.deep.equal([false, false]);
  });

  it("broadcast ends an endless source in Node's pipeline when all branches have", async () => {
    const sink = broadcast(first<number>(), compose(take<number>(2), count()));
    await nodeRun([range(0, Number.POSITIVE_INFINITY), sink]);
    expect(await sink.result()).to.deep.equal([0, 2]);
  });

  it('broadcast keeps no item that every branch has taken, however long a slow one lags', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const items: WeakRef<object>[] = [];
    const make = map((x: number) => {
      const item = { x };
      items.push(new WeakRef(item));
      return item;
    });
    let alive = 0;
    const slow = forEach<object, void>(async () => {
      await turn();
      if (items.length !== 1000 || alive > 0) return;
      collect();
      alive = items.filter((item) => item.deref()).length;
    });
    await pipeline(range(0, 1000), make, broadcast(slow, drain()));
    expect(alive).to.be.within(1, 200);
  });
});

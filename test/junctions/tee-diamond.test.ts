import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { StallError } from '../../lib/core/base/errors.js';
import { concat } from '../../lib/junctions/concat.js';
import { merge } from '../../lib/junctions/merge.js';
import { tee } from '../../lib/junctions/tee.js';
import { zip } from '../../lib/junctions/zip.js';
import { zipLongest } from '../../lib/junctions/zip-longest.js';
import { filter } from '../../lib/operators/filter.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import type { Source } from '../../lib/streams/source.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { rejection } from '../helpers/rejection.js';

const every = (n: number) => filter((x: number) => x % n === 0);
const everyLater = (n: number) =>
  filter(async (x: number) => {
    await turn();
    return x % n === 0;
  });
const laterRange = (end: number) =>
  async function* () {
    for (let x = 0; x < end; x += 1) yield x;
  };

describe('branches of tee that meet again', () => {
  noUnhandled();

  const expectStall = async (run: Promise<unknown>, waits: number, full: number, name = 'tee') => {
    const error = await rejection(run);
    expect(error).to.be.instanceOf(StallError).with.property('code', 'ERR_SLUICE_STALL');
    expect(error)
      .to.have.property('message')
      .that.matches(new RegExp(`^${name}: branch ${waits} waits for branch ${full}, which lies`));
  };

  for (const [input, make] of [
    ['a range', (end: number) => range(0, end)],
    ['an async generator', laterRange],
  ] as const) {
    for (const [kind, pick] of [
      ['sync', every],
      ['async', everyLater],
    ] as const) {
      for (const n of [2, 15, 16, 17, 20, 100]) {
        it(`tee of ${input}, a ${kind} filter of each ${n}th and zip stall by name`, async () => {
          const [left, right] = tee(make(10_000));
          await expectStall(pipeline(zip(compose(left, pick(n)), right), drain()), 0, 1);
        });

        it(`tee of ${input}, zip and a ${kind} filter of each ${n}th stall by name`, async () => {
          const [left, right] = tee(make(10_000));
          await expectStall(pipeline(zip(left, compose(right, pick(n))), drain()), 1, 0);
        });
      }

      it(`tee of ${input}, a ${kind} filter and zip finish within the buffer`, async () => {
        const [left, right] = tee(make(20));
        const rows = await pipeline(zip(compose(left, pick(2)), right), toArray());
        expect(rows).to.deep.equal(Array.from({ length: 10 }, (_, at) => [at * 2, at]));
      });

      it(`tee of ${input}, a ${kind} filter and zip finish with a buffer that suffices`, async () => {
        const [left, right] = tee(make(1000), { buffer: 900 });
        const rows = await pipeline(zip(compose(left, pick(10)), right), count());
        expect(rows).to.equal(100);
      });
    }
  }

  it('equal filters never stall', async () => {
    const [left, right] = tee(range(0, 10_000), { buffer: 1 });
    const odd = filter((x: number) => x % 2 === 1);
    expect(await pipeline(zip(compose(left, every(2)), compose(right, odd)), count())).to.equal(
      5000,
    );
  });

  it('stages that wait now and then never stall', async () => {
    const [left, right] = tee(range(0, 500), { buffer: 1 });
    const slow = (n: number) =>
      map(async (x: number) => {
        if (x % n === 0) await turn();
        return x;
      });
    const rows = zip(compose(left, slow(3)), compose(right, slow(5)));
    expect(await pipeline(rows, count())).to.equal(500);
  });

  it('a branch that ends early frees the other', async () => {
    const [left, right] = tee(range(0, 1000), { buffer: 4 });
    const rows = zipLongest(compose(left, every(5)), compose(right, take(2)));
    expect(await pipeline(rows, count())).to.equal(200);
  });

  it('merge never stalls', async () => {
    const [left, middle, right] = tee(range(0, 1000), { branches: 3, buffer: 1 });
    const none = filter(() => false);
    const merged = merge(compose(left, none), middle, compose(right, take(3)));
    expect(await pipeline(merged, count())).to.equal(1003);
  });

  it('concat stalls by name beyond the buffer', async () => {
    const make = (end: number) => {
      const [left, right] = tee(range(0, end), { name: 'copies' });
      return pipeline(concat(left, right), toArray());
    };
    expect(await make(15)).to.have.lengthOf(30);
    await expectStall(make(16), 0, 1, 'copies');
  });

  it('three branches stall by name when a middle one is not asked for more', async () => {
    const [a, b, c] = tee(range(0, 1000), { branches: 3 });
    await expectStall(pipeline(zip(compose(a, every(3)), b, compose(c, every(2))), drain()), 0, 1);
  });

  it('a stall closes the source', async () => {
    const counted = new Counted();
    const [left, right] = tee(counted.later(), { buffer: 2 });
    await expectStall(pipeline(zip(compose(left, every(5)), right), drain()), 0, 1);
    expect(counted.closed).to.equal(true);
  });

  it('a stall is thrown by pull', () => {
    const [left, right] = tee(range(0, 1000));
    expect(() => [...pull(zip(compose(left, every(20)), right))]).to.throw(StallError);
  });

  it("a stall is the error of a stream in Node's pipeline", async () => {
    const [left, right] = tee(range(0, 1000));
    await expectStall(nodeRun([zip(compose(left, every(20)), right), drain()]), 0, 1);
  });

  it('a stall is found while another pipeline reads a branch too, and that one goes on', async () => {
    const [left, right, other] = tee(laterRange(1000), { branches: 3 });
    let seen = 0;
    const beside = pipeline(
      other,
      forEach(() => {
        seen += 1;
      }),
    );
    // It is waiting for the source by now.
    const diamond = (source: Source<number>) => compose(source, every(20));
    await expectStall(pipeline(zip(diamond(left), right), drain()), 0, 1);
    await beside;
    expect(seen).to.equal(1000);
  });

  it('no stall is found where another pipeline frees the branch', async () => {
    const [left, right] = tee(range(0, 200), { buffer: 3 });
    const slow = pipeline(
      right,
      forEach(() => turn()),
    );
    expect(await pipeline(compose(left, every(50)), toArray())).to.deep.equal([0, 50, 100, 150]);
    await slow;
  });
});

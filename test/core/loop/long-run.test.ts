import { setImmediate as turn } from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';
import { expect } from 'chai';
import { batch } from '../../../lib/operators/batch.js';
import { filter } from '../../../lib/operators/filter.js';
import { flatMap } from '../../../lib/operators/flat-map.js';
import { map } from '../../../lib/operators/map.js';
import { tap } from '../../../lib/operators/tap.js';
import { count } from '../../../lib/sinks/count.js';
import { drain } from '../../../lib/sinks/drain.js';
import { forEach } from '../../../lib/sinks/for-each.js';
import { reduce } from '../../../lib/sinks/reduce.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { busy } from '../../helpers/busy.js';
import { promisesMade } from '../../helpers/promises-made.js';
import { Turns } from '../../helpers/turns.js';

const ITEMS = 10_000;
/** As much work as ten time slices. */
const COSTLY = 100;
const FEW = 100;

describe('a long run', () => {
  const costly = () => busy(1);
  const runs = {
    'of items that are made at once': () => pipeline(range(0, COSTLY), tap(costly), drain()),
    'of one item that becomes many': () =>
      pipeline(
        [0],
        flatMap(() => Array.from({ length: COSTLY })),
        tap(costly),
        drain(),
      ),
    'of items that each wait for a promise that is there': () =>
      pipeline(
        range(0, COSTLY),
        tap(costly),
        map(async (x) => x),
        drain(),
      ),
    'of a sink that answers with promises that are there': () =>
      pipeline(
        range(0, COSTLY),
        forEach(async () => costly()),
      ),
    'of an async generator that never waits': () =>
      pipeline(async function* () {
        for (let item = 0; item < COSTLY; item += 1) {
          costly();
          yield item;
        }
      }, drain()),
  };
  it('of many short ones, each begun when the one before has settled, lets the event loop turn', async () => {
    let hasRung = false;
    setTimeout(() => {
      hasRung = true;
    }, 1);
    const until = performance.now() + 5000;
    while (!hasRung && performance.now() < until) await pipeline([1], toArray());
    expect(hasRung).to.equal(true);
  });

  it('goes on though a test has stopped the turns of the event loop for itself', async () => {
    const clock = install({ toFake: ['setImmediate'] });
    try {
      expect(await pipeline(range(0, COSTLY), tap(costly), count())).to.equal(COSTLY);
    } finally {
      clock.uninstall();
    }
  });

  for (const [what, run] of Object.entries(runs)) {
    it(`${what} lets the event loop turn`, async () => {
      const turns = new Turns();
      await run();
      expect(turns.stop()).to.be.at.least(3);
    });
  }

  it('lets the event loop turn while a stream of ours is read', async () => {
    const turns = new Turns();
    for await (const _ of range(0, COSTLY).pipe(tap(costly)));
    expect(turns.stop()).to.be.at.least(3);
  });
});

describe('promises', () => {
  const fused = () =>
    pipeline(
      range(0, ITEMS),
      map((x) => x + 1),
      filter((x) => x % 2 === 0),
      batch(10),
      flatMap((items) => items),
      reduce((sum, x) => sum + x, 0),
    );

  it(`are not made for ${ITEMS} items that need none`, async () => {
    expect(await promisesMade(fused)).to.be.below(FEW);
  });

  it('are made by callbacks that answer with them, which is how this is known to count', async () => {
    const run = () =>
      pipeline(
        range(0, ITEMS),
        map(async (x) => x),
        drain(),
      );
    expect(await promisesMade(run)).to.be.at.least(ITEMS);
  });

  it('suspend a run, and the order of its items stays', async () => {
    const waits = [3, 0, 2, 0, 1];
    const log: number[] = [];
    const items = await pipeline(
      waits.keys(),
      map(async (at) => {
        for (let turns = waits[at] ?? 0; turns > 0; turns -= 1) await turn();
        log.push(at);
        return at;
      }),
      filter(async () => turn(true)),
      flatMap(async (at) => turn([at, at])),
      toArray(),
    );
    expect(items).to.deep.equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(log).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('make a stage wait before it asks for another item', async () => {
    const log: string[] = [];
    await pipeline(
      [1, 2],
      map(async (x) => {
        log.push(`begin ${x}`);
        await turn();
        return x;
      }),
      tap((x) => void log.push(`end ${x}`)),
      drain(),
    );
    expect(log).to.deep.equal(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });
});

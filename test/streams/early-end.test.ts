import { Readable } from 'node:stream';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { first } from '../../lib/sinks/first.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { closed } from '../helpers/closed.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';

const endless = () => range(0, Number.POSITIVE_INFINITY);

describe("ending early in Node's pipeline", () => {
  noUnhandled();

  it('ends an endless source of ours, which is closed', async () => {
    for (const kind of ['items', 'later'] as const) {
      const counted = new Counted();
      const sink = toArray<number>();
      await nodeRun([from(counted[kind]()), take<number>(3), sink]);
      expect(await sink.result()).to.deep.equal([0, 1, 2]);
      expect(counted.closed).to.equal(true);
    }
  });

  it('ends an endless source through other stages of ours', async () => {
    const sink = toArray<number>();
    const through = () => map((x: number) => x);
    await nodeRun([endless(), through(), take<number>(9), through(), take<number>(3), sink]);
    expect(await sink.result()).to.deep.equal([0, 1, 2]);
  });

  it('by a sink ends an endless source through stages', async () => {
    const sink = first<number>();
    await nodeRun([endless(), map((x: number) => x + 7), sink]);
    expect(await sink.result()).to.equal(7);
  });

  it('reads a finite stream of the user to its end and drops what comes', async () => {
    let given = 0;
    const source = Readable.from(
      (function* () {
        for (; given < 100; given += 1) yield given;
      })(),
    );
    const sink = toArray<number>();
    await nodeRun([source, take<number>(3), sink]);
    expect(await sink.result()).to.deep.equal([0, 1, 2]);
    expect(given).to.equal(100);
  });

  it('does not work on what it drops', async () => {
    let worked = 0;
    const count = map((x: number) => {
      worked += 1;
      return x;
    });
    const one = take<number>(1);
    const sink = toArray<number>();
    await nodeRun([Readable.from(new Array(100).fill(0)), count, one, sink]);
    expect(await sink.result()).to.deep.equal([0]);
    expect(worked).to.be.below(100);
  });

  it('ends what is piped into it by pipe()', async () => {
    const source = endless();
    const stage = take<number>(2);
    const sink = toArray<number>();
    source.pipe(stage).pipe(sink);
    await closed(source);
    expect(await sink.result()).to.deep.equal([0, 1]);
  });

  it('ends every source that is piped into it', async () => {
    const sources = [endless(), endless()];
    const stage = take<number>(2);
    for (const source of sources) source.pipe(stage, { end: false });
    stage.resume();
    await Promise.all(sources.map(closed));
    expect(stage.readableEnded).to.equal(true);
    stage.destroy();
  });

  it('leaves alone a source that has been unpiped', async () => {
    const source = endless();
    const stage = take<number>(1);
    source.pipe(stage);
    source.unpipe(stage);
    stage.resume();
    stage.end('item' as never);
    await closed(stage);
    expect(source).to.include({ destroyed: false, readableEnded: false });
    source.destroy();
    await closed(source);
  });

  it('leaves alone the source of a stage that fails: the code that joined them decides', async () => {
    const source = endless();
    const stage = map(() => {
      throw new Error('broken on purpose');
    });
    stage.on('error', () => {});
    source.pipe(stage);
    await closed(stage);
    expect(source).to.include({ destroyed: false, readableEnded: false });
    expect((await source.iterator({ destroyOnReturn: false }).next()).done).to.equal(false);
    source.destroy();
    await closed(source);
  });
});

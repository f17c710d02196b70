import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers';
import { expect } from 'chai';
import {
  broadcast,
  buffer,
  compose,
  count,
  drain,
  forEach,
  map,
  pipeline,
  push,
  type RunStats,
  range,
  stats,
  zip,
} from '../../lib/index.js';
import { FakeTime } from '../helpers/fake-time.js';

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Percentages of each stage's time: at work, waiting for input, waiting for the next stage. */
const shares = ({ stages }: RunStats): Record<string, readonly number[]> =>
  Object.fromEntries(
    stages.map(({ id, stage, busyMs, starvedMs, blockedMs }) => {
      const all = busyMs + starvedMs + blockedMs;
      const share = (ms: number) => Math.round((100 * ms) / all);
      return [`${id} ${stage.name}`, [share(busyMs), share(starvedMs), share(blockedMs)]];
    }),
  );

const slowly = async function* slowly(): AsyncGenerator<number> {
  for (let at = 0; at < 5; at += 1) {
    await later(20);
    yield at;
  }
};

const identity = () => map((x) => x, { name: 'same' });
const slow = (ms = 20) =>
  map(
    async (x) => {
      await later(ms);
      return x;
    },
    { name: 'slow' },
  );

describe('the times in statistics', () => {
  const time = new FakeTime();

  /** What is known of a run that takes `ms`, and the name of its bottleneck. */
  const told = async (start: (run: ReturnType<typeof stats>) => Promise<unknown>, ms = 100) => {
    const run = stats();
    const done = start(run);
    await time.pass(ms);
    await done;
    const read = run.read();
    expect(read.elapsedMs).to.equal(ms);
    expect(read.ended).to.equal(true);
    for (const { busyMs, starvedMs, blockedMs } of read.stages)
      expect(busyMs + starvedMs + blockedMs).to.be.at.most(ms + 1e-6);
    const bottleneck = read.stages[read.bottleneck ?? -1]?.stage.name;
    return { ...shares(read), bottleneck } as Record<string, unknown>;
  };

  it('blame a stage for what its callback has promised', async () => {
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(range(0, 5), identity(), slow(), identity(), drain(), { stats: of });
    expect(await told(run)).to.deep.equal({
      '0 range': [0, 0, 100],
      '1 same': [0, 0, 100],
      '2 slow': [100, 0, 0],
      '3 same': [0, 100, 0],
      '4 drain': [0, 100, 0],
      bottleneck: 'slow',
    });
  });

  it('blame a source for what it waits for, as that is its work', async () => {
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(slowly, identity(), drain(), { stats: of });
    expect(await told(run)).to.deep.equal({
      '0 slowly': [100, 0, 0],
      '1 same': [0, 100, 0],
      '2 drain': [0, 100, 0],
      bottleneck: 'slowly',
    });
  });

  it('divide the time between two that are slow', async () => {
    const sink = () => forEach(() => later(15), { name: 'sink' });
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(range(0, 5), slow(5), sink(), { stats: of });
    expect(await told(run)).to.deep.equal({
      '0 range': [0, 0, 100],
      '1 slow': [25, 0, 75],
      '2 sink': [75, 25, 0],
      bottleneck: 'sink',
    });
  });

  it('blame a writable stream that is full', async () => {
    const writable = () =>
      new Writable({
        objectMode: true,
        highWaterMark: 1,
        write: (_item, _encoding, done) => void delay(done, 20),
      });
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(range(0, 5), identity(), writable(), { stats: of });
    expect((await told(run))['bottleneck']).to.equal('Writable');
  });

  it('blame the slow branch, and say that its junction waits for it', async () => {
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(
        range(0, 5),
        broadcast(compose(slow(), drain()), compose(identity(), count()), { buffer: 1 }),
        { stats: of },
      );
    const rows = await told(run);
    expect(rows['bottleneck']).to.equal('slow');
    expect(rows['1 broadcast']).to.deep.equal([0, 0, 100]);
    expect(rows['2 slow']).to.deep.equal([100, 0, 0]);
    expect(rows['3 drain']).to.deep.equal([0, 100, 0]);
  });

  for (const [side, both] of Object.entries({
    left: () => [slowly, range(0, 9)] as const,
    right: () => [range(0, 9), slowly] as const,
  }))
    it(`blame the slow side of a zip, be it the ${side}`, async () => {
      const run = (of: ReturnType<typeof stats>) =>
        pipeline(zip(...both()), identity(), drain(), { stats: of });
      const rows = await told(run);
      expect(rows['bottleneck']).to.equal('slowly');
      expect(rows[side === 'left' ? '1 range' : '0 range']).to.deep.equal([0, 0, 100]);
      expect(rows['2 zip']).to.deep.equal([0, 100, 0]);
    });

  it('blame concurrent calls only while there is no room for more', async () => {
    const run = (of: ReturnType<typeof stats>) =>
      pipeline(
        range(0, 10),
        map(() => later(20), { concurrency: 2, name: 'calls' }),
        drain(),
        { stats: of },
      );
    expect(await told(run)).to.deep.equal({
      '0 range': [0, 0, 100],
      '1 calls': [100, 0, 0],
      '2 drain': [0, 100, 0],
      bottleneck: 'calls',
    });
  });

  it('blame neither side of a buffer for the other', async () => {
    const full = (of: ReturnType<typeof stats>) =>
      pipeline(range(0, 5), identity(), buffer({ size: 2 }), slow(), drain(), { stats: of });
    expect(await told(full)).to.include({ bottleneck: 'slow' });
    const empty = (of: ReturnType<typeof stats>) =>
      pipeline(slowly, buffer({ size: 2 }), drain(), { stats: of });
    expect(await told(empty)).to.deep.equal({
      '0 slowly': [100, 0, 0],
      '1 buffer': [0, 100, 0],
      '2 drain': [0, 100, 0],
      bottleneck: 'slowly',
    });
  });

  it('blame no stage before any time has passed, and the producer while nothing is sent', async () => {
    const run = stats();
    const producer = push(identity(), () => {}, { stats: run });
    expect(run.read().bottleneck).to.equal(undefined);
    await time.pass(50);
    await producer.send(1);
    const { stages, bottleneck } = run.read();
    expect(stages[bottleneck ?? -1]?.stage.name).to.equal('producer');
    expect(stages.map(({ busyMs, starvedMs }) => [busyMs, starvedMs])).to.deep.equal([
      [50, 0],
      [0, 50],
      [0, 50],
    ]);
    await producer.close();
  });
});

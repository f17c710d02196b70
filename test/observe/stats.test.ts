import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { PassThrough, Transform } from 'node:stream';
import { expect } from 'chai';
import {
  ArgumentError,
  buffer,
  compose,
  drain,
  filter,
  flatMap,
  forEach,
  groupBy,
  map,
  pipeline,
  pull,
  range,
  stats,
  tee,
  toArray,
  UsedError,
  zip,
} from '../../lib/index.js';
import { compiledAfter } from '../helpers/compiled.js';
import { Folder } from '../helpers/folder.js';
import { rejection } from '../helpers/rejection.js';
import { slowSink } from '../helpers/slow-sink.js';

/** Keeps the processor busy. */
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('stats', () => {
  const folder = new Folder();

  it('stats() has nothing to tell before its run', () => {
    expect(stats().read()).to.deep.equal({
      elapsedMs: 0,
      ended: false,
      stages: [],
      bottleneck: undefined,
    });
  });

  it('serves one run: a second one is refused', async () => {
    const run = stats();
    await pipeline([1], drain(), { stats: run });
    const again = await rejection(pipeline([1], drain(), { stats: run }));
    expect(again).to.be.instanceOf(UsedError);
    expect(() => pull([1], { stats: run })).to.throw(UsedError);
    expect(run.read().stages).to.have.length(2);
  });

  it('is refused where it is something else', async () => {
    for (const odd of [{}, null, true, stats])
      expect(await rejection(pipeline([1], drain(), { stats: odd as never }))).to.be.instanceOf(
        ArgumentError,
      );
  });

  for (const place of [0, 1, 2])
    it(`finds the one of three stages that keeps the processor busy: that at ${place}`, async () => {
      const run = stats();
      const stage = (at: number) =>
        map((x: number) => {
          if (at === place) spin(1);
          return x;
        });
      await pipeline(range(0, 60), stage(0), stage(1), stage(2), drain(), { stats: run });
      expect(run.read().bottleneck).to.equal(place + 1);
    });

  it('finds a foreign transform that keeps the processor busy', async () => {
    const run = stats();
    const busy = new Transform({
      objectMode: true,
      transform: (item, _encoding, done) => {
        spin(1);
        done(null, item);
      },
    });
    await pipeline(
      range(0, 60),
      map((x) => x),
      busy,
      map((x) => x),
      drain(),
      { stats: run },
    );
    const { stages, bottleneck } = run.read();
    expect(stages[bottleneck ?? -1]?.stage.name).to.equal('Transform');
  });

  it('tells how many bytes are read and written', async () => {
    folder.write('in', 'ä'.repeat(100_000));
    const run = stats();
    const text = createReadStream(join(folder.path, 'in'), 'utf8');
    await pipeline(text, new PassThrough(), createWriteStream(join(folder.path, 'out')), {
      stats: run,
    });
    const bytes = run.read().stages.map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut]);
    expect(bytes).to.deep.equal([
      [undefined, 200_000],
      [200_000, undefined],
    ]);
    const items = stats();
    await pipeline(['a'], drain(), { stats: items });
    expect(items.read().stages[0]).to.include({ bytesIn: undefined, bytesOut: undefined });
  });

  it('tells how many items are held now', async () => {
    const run = stats();
    const { sink, go } = slowSink<number>();
    const done = pipeline(range(0, 9), buffer({ size: 4 }), sink, { stats: run });
    await new Promise(setImmediate);
    expect(run.read().stages.map(({ held }) => held)).to.deep.equal([0, 4, 0]);
    go();
    await done;
    expect(run.read().stages.map(({ held }) => held)).to.deep.equal([0, 0, 0]);
  });

  it('tells of what the branches of a tee share', async () => {
    const run = stats();
    const [left, right] = tee(range(0, 5));
    await pipeline(zip(left as never, right as never), toArray(), { stats: run });
    const told = run.read().stages.map(({ stage, itemsOut }) => [stage.name, itemsOut]);
    expect(told).to.deep.equal([
      ['range', 5],
      ['tee', 5],
      ['tee', 5],
      ['zip', 5],
      ['toArray', 0],
    ]);
  });

  it('tells of that where it was opened first, if the branches are in two runs', async () => {
    const [one, other] = [stats(), stats()];
    const [left, right] = tee(
      compose(
        range(0, 500),
        filter((x: number) => x % 2 === 0),
      ),
    );
    await Promise.all([
      pipeline(left as never, drain(), { stats: one }),
      pipeline(right as never, drain(), { stats: other }),
    ]);
    const told = (run: typeof one) =>
      run.read().stages.map(({ stage, itemsOut }) => [stage.name, itemsOut]);
    expect(told(one)).to.deep.equal([
      ['range', 500],
      ['filter', 250],
      ['tee', 250],
      ['drain', 0],
    ]);
    expect(told(other)).to.deep.equal([
      ['tee', 250],
      ['drain', 0],
    ]);
  });

  it('tells of the first 64 branches of a junction, and counts the items of all', async () => {
    const run = stats();
    await pipeline(
      range(0, 1000),
      groupBy(
        (x) => x % 100,
        () => compose(buffer({ size: 1 }), drain()),
        { groups: 100 },
      ),
      { stats: run },
    );
    const { stages } = run.read();
    expect(stages).to.have.length(2 + 64 * 2);
    expect(stages[1]).to.include({ kind: 'stage', itemsIn: 1000, itemsOut: 1000 });
  });

  it('leaves no trace in generated code without stats', async () => {
    const texts: string[] = [];
    const { Function: usual } = globalThis;
    globalThis.Function = new Proxy(usual, {
      construct: (target, args: string[]) => {
        texts.push(args.join('\n'));
        return Reflect.construct(target, args) as object;
      },
    });
    const run = (options: object) =>
      compiledAfter(0, () =>
        pipeline(
          [
            range(0, 99),
            filter((x: number) => x !== 1),
            flatMap((x) => [x]),
            map((x) => x),
            drain(),
          ] as never,
          options as never,
        ),
      );
    try {
      await run({});
      await run({ stats: stats() });
    } finally {
      globalThis.Function = usual;
    }
    const watched = texts.map((text) => /meter|spot|gone|made/i.test(text));
    expect(watched).to.deep.equal([false, true, true]);
  });

  it('tells of a run that has failed what it had done', async () => {
    const run = stats();
    const failing = forEach((x: number) => {
      if (x === 3) throw new Error('broken on purpose');
    });
    await rejection(pipeline(range(0, 9), failing, { stats: run }));
    const { ended, stages } = run.read();
    expect(ended).to.equal(true);
    expect(stages.map(({ itemsIn, itemsOut }) => [itemsIn, itemsOut])).to.deep.equal([
      [0, 4],
      [4, 0],
    ]);
  });
});

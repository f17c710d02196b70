import { PassThrough, Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import { ArgumentError, UsedError } from '../../lib/core/base/errors.js';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Sink } from '../../lib/streams/sink.js';
import { Source } from '../../lib/streams/source.js';
import { Stage } from '../../lib/streams/stage.js';
import { closed } from '../helpers/closed.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { stageFailure } from '../helpers/rejection.js';

const double = () => map((x: number) => x * 2);
const even = () => filter((x: number) => x % 2 === 0);
const through = () => new PassThrough({ objectMode: true });

async function* twice(items: AsyncIterable<number>) {
  for await (const item of items) yield* [item, item];
}

describe('compose', () => {
  noUnhandled();

  it('makes a stage of stages', async () => {
    const stage = compose(even(), double(), batch(2));
    expect(stage).to.be.instanceOf(Stage);
    expect(await pipeline(range(0, 6), stage, toArray())).to.deep.equal([[0, 4], [8]]);
  });

  it('makes a source of a source and stages', async () => {
    const source = compose(range(0, 6), even(), double());
    expect(source).to.be.instanceOf(Source);
    expect(await pipeline(source, toArray())).to.deep.equal([0, 4, 8]);
  });

  it('makes a sink of stages and a sink', async () => {
    const sink = compose(
      even(),
      double(),
      reduce((sum, x) => sum + x, 0),
    );
    expect(sink).to.be.instanceOf(Sink);
    expect(await pipeline(range(0, 6), sink)).to.equal(12);
  });

  it('may be composed again, in all three forms', async () => {
    const stage = compose(compose(even(), double()), compose(double(), batch(2)));
    const source = compose(compose(range(0, 4), double()), compose(double(), double()));
    const sink = compose(
      stage,
      compose(
        map((items: number[]) => items.length),
        toArray(),
      ),
    );
    expect(await pipeline(source, sink)).to.deep.equal([2, 2]);
  });

  it("works as streams in Node's pipeline, in all three forms", async () => {
    const sink = compose(double(), toArray<number>());
    await nodeRun([compose(range(0, 4), even()), compose(double(), double()), sink]);
    expect(await sink.result()).to.deep.equal([0, 16]);
  });

  it('is pulled synchronously', () => {
    expect([...pull(compose(range(0, 4), even()), compose(double(), double()))]).to.deep.equal([
      0, 8,
    ]);
  });

  const sources: Record<string, () => Iterable<number> | Readable> = {
    'an array': () => [0, 1, 2, 3],
    'a generator': () => [0, 1, 2, 3].values(),
    'a Readable': () => Readable.from([0, 1, 2, 3]),
  };
  for (const [what, make] of Object.entries(sources)) {
    it(`takes ${what} as its source`, async () => {
      const source = compose(make() as Iterable<number>, even());
      expect(source).to.be.instanceOf(Source);
      expect(await pipeline(source, toArray())).to.deep.equal([0, 2]);
    });
  }

  const stages: Record<string, () => unknown> = {
    'a duplex stream': through,
    'an async generator function': () =>
      async function* (items: AsyncIterable<number>) {
        yield* items;
      },
    'a web stream pair': () => new TransformStream(),
  };
  for (const [what, make] of Object.entries(stages)) {
    for (const at of ['first', 'last'] as const) {
      it(`takes ${what} as its ${at} stage`, async () => {
        const parts = at === 'first' ? [make(), double()] : [double(), make()];
        const stage = (compose as (...parts: unknown[]) => Stage<number, number>)(...parts);
        expect(stage).to.be.instanceOf(Stage);
        expect(await pipeline([1, 2], stage, toArray())).to.deep.equal([2, 4]);
      });
    }
  }

  it('takes a Writable as its sink', async () => {
    const got: unknown[] = [];
    const writable = new Writable({
      objectMode: true,
      write: (item, _, callback) => {
        got.push(item);
        callback();
      },
    });
    const sink = compose(double(), writable);
    expect(sink).to.be.instanceOf(Sink);
    await pipeline([1, 2], sink);
    expect(got).to.deep.equal([2, 4]);
  });

  it('takes an async function as its sink', async () => {
    const sink = compose(double(), async (items) => {
      let sum = 0;
      for await (const item of items) sum += item;
      return sum;
    });
    expect(sink).to.be.instanceOf(Sink);
    expect(await pipeline([1, 2], sink)).to.equal(6);
  });

  it('leaves a stage that is in use a stream of its own', async () => {
    const stage = double();
    const seen: number[] = [];
    stage.on('data', (item) => seen.push(item));
    expect(await pipeline([1], compose(stage, double()), toArray())).to.deep.equal([4]);
    expect(seen).to.deep.equal([2]);
  });

  it('runs nothing before it is run', () => {
    const counted = new Counted();
    compose(counted.items(), double(), take(3));
    expect(counted.asked).to.equal(0);
  });

  it('counts the position of a failing stage through what is composed', async () => {
    const broken = map(
      (): number => {
        throw new Error('broken on purpose');
      },
      { name: 'broken' },
    );
    const source = compose(range(0, 3), double());
    const sink = compose(compose(double(), broken), double(), toArray());
    const error = await stageFailure(pipeline(source, double(), sink));
    expect(error.stage).to.deep.equal({ name: 'broken', position: 4 });
  });

  it('that is destroyed unused closes its parts', async () => {
    const [readable, duplex, writable] = [
      new Readable({ read: () => {} }),
      through(),
      new Writable(),
    ];
    for (const whole of [
      compose(readable, double()),
      compose(duplex, double()),
      compose(double(), writable),
    ]) {
      whole.destroy();
      await closed(whole);
    }
    expect([readable, duplex, writable].map((stream) => stream.closed)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });

  it('uses its parts up', () => {
    const stage = double();
    compose(stage, double());
    expect(() => compose(stage, double())).to.throw(UsedError);
  });

  it('passes items through a function in the middle', async () => {
    expect(await pipeline([1], compose(double(), twice, double()), toArray())).to.deep.equal([
      4, 4,
    ]);
  });

  const join = compose as (...parts: unknown[]) => unknown;
  const wrong: Record<string, readonly [parts: unknown[], message: RegExp]> = {
    nothing: [[], /^compose: needs at least 1 arguments, got 0$/],
    options: [[double(), double(), { name: 'mine' }], /^compose: takes no options$/],
    'a sink in the middle': [[double(), toArray(), double()], /a stage must be.*got Sink/],
    'a source in the middle': [[double(), range(0, 3), double()], /a stage must be.*got Source/],
    'a source and a sink': [[range(0, 3), toArray()], /a stage must be.*got Sink/],
    'a number': [[double(), 5], /last argument must be a sink.*got 5/],
  };
  for (const [what, [parts, message]] of Object.entries(wrong)) {
    it(`refuses ${what} at the call`, () => {
      expect(() => join(...parts)).to.throw(ArgumentError, message);
    });
  }
});

import { PassThrough, Writable } from 'node:stream';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { count } from '../../lib/sinks/count.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Sink } from '../../lib/streams/sink.js';
import { Source } from '../../lib/streams/source.js';
import { Stage } from '../../lib/streams/stage.js';
import type { SinkLike } from '../../lib/streams/types.js';

const double = () => map((x: number) => x * 2);
const through = () => new PassThrough({ objectMode: true });

async function* twice(items: AsyncIterable<number>) {
  for await (const item of items) yield* [item, item];
}

describe('compose of one part', () => {
  it('makes a stage of one stage, a function or a duplex, and a source of one source', async () => {
    for (const [part, expected] of [
      [double(), [2, 4]],
      [twice, [1, 1, 2, 2]],
      [through(), [1, 2]],
    ] as const) {
      const stage = compose<number, number>(part);
      expect(stage).to.be.instanceOf(Stage);
      expect(await pipeline([1, 2], stage, toArray())).to.deep.equal(expected);
    }
    const source = compose([1, 2]);
    expect(source).to.be.instanceOf(Source);
    expect(await pipeline(source, toArray())).to.deep.equal([1, 2]);
  });

  it('makes a sink of one sink: of ours, a writable stream, an async function', async () => {
    const seen: number[] = [];
    const write = (item: number, _encoding: BufferEncoding, done: () => void) => {
      seen.push(item);
      done();
    };
    const stream = new Writable({ objectMode: true, write });
    const read = async (items: AsyncIterable<number>) => {
      for await (const item of items) seen.push(item);
    };
    for (const part of [
      count(),
      stream,
      read,
      Writable.toWeb(new Writable({ objectMode: true, write })),
    ]) {
      const sink = compose<number, unknown, unknown>(part as SinkLike<number, unknown>);
      expect(sink).to.be.instanceOf(Sink);
      await pipeline([1, 2], sink);
    }
    expect(seen).to.deep.equal([1, 2, 1, 2, 1, 2]);
  });

  it('makes the same of parts that are spread, however many', async () => {
    for (const stages of [[], [double()], [double(), double()]]) {
      const factor = 2 ** stages.length;
      const sink = compose(...stages, toArray());
      expect(await pipeline([1], sink)).to.deep.equal([factor]);
    }
  });
});

import { createReadStream, createWriteStream } from 'node:fs';
import { connect } from 'node:net';
import { PassThrough, Readable, Writable } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { createGunzip, createGzip, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import {
  balance,
  broadcast,
  compose,
  formatNdjson,
  from,
  generate,
  lines,
  map,
  parseNdjson,
  pipeline,
  range,
  type SinkLike,
  take,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

/** Never called: the compiler must take each stream in its place. */
async function taken() {
  const socket = connect(1);
  await pipeline(createReadStream('a'), createGzip(), createWriteStream('b'));
  await pipeline(createReadStream('a'), lines(), formatNdjson(), process.stdout);
  await pipeline(process.stdin, createGunzip(), parseNdjson(), formatNdjson(), process.stderr);
  await pipeline(socket, lines(), formatNdjson(), socket);
  await pipeline(from(socket), socket, new PassThrough(), toArray());
  await pipeline(Readable.from(['a']), lines(), broadcast(process.stdout, new Writable()));
  await pipeline(range(0, 3), formatNdjson(), balance(socket, createWriteStream('a')));
  await pipeline(range(0, 3), compose(formatNdjson(), createGzip(), createWriteStream('a')));
  exactly<void>()(await pipeline(['a'], createGzip(), createWriteStream('b'), { end: false }));
  await pipeline(Readable.toWeb(process.stdin), new TransformStream(), Writable.toWeb(socket));
}

/** Never called: the compiler must refuse each of these. */
async function refused() {
  const plain = { write: () => true, end: () => {} };
  // @ts-expect-error a plain object with the methods of a stream is none
  await pipeline(range(0, 3), plain);
  // @ts-expect-error nor is it one as a branch
  await pipeline(range(0, 3), broadcast(plain));
  // @ts-expect-error nothing is written to a readable stream
  const into: SinkLike<number, void> = createReadStream('a');
  // @ts-expect-error a sink of ours is no stage
  await pipeline(range(0, 3), toArray(), map(Math.abs), process.stdout);
  // @ts-expect-error a stage of ours is no sink
  const stage: SinkLike<number, void> = map((x: number) => x);
  // @ts-expect-error a source of ours is no sink
  const source: SinkLike<number, void> = range(0, 3);
  return [into, stage, source];
}

describe('streams of Node', () => {
  it('are sources, stages and sinks to the compiler, whichever version of Node declares them', () => {
    expect([typeof taken, typeof refused]).to.deep.equal(['function', 'function']);
  });

  it('give types to what stands around them, as functions and formats do', async () => {
    const gzipped = Readable.from([gzipSync('{"a":1}\n')]);
    const parsed = await pipeline(gzipped, createGunzip(), parseNdjson<{ a: number }>(), toArray());
    exactly<{ a: number }[]>()(parsed);
    const texts = await pipeline(
      async function* () {
        yield Buffer.from('x\ny');
      },
      lines(),
      compose(async function* (items) {
        for await (const item of items) yield exactly<string>()(item).length;
      }),
      map((x) => x + 1),
      async (items) => {
        let sum = 0;
        for await (const x of items) sum += x;
        return sum;
      },
    );
    expect(exactly<number>()(texts)).to.equal(4);
    const grown = await pipeline(
      generate(1, (x) => x * 2),
      take(3),
      toArray(),
    );
    expect(exactly<number[]>()(grown)).to.deep.equal([1, 2, 4]);
  });
});

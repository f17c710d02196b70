import { Duplex, PassThrough, Readable, Transform, Writable } from 'node:stream';
import { expect } from 'chai';
import { ArgumentError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

async function* later<T>(items: Iterable<T>): AsyncGenerator<T, void> {
  yield* items;
}

/** Everything that gives 1, 2, 3. */
const sources: Record<string, () => Iterable<number> | AsyncIterable<number>> = {
  'an array': () => [1, 2, 3],
  'a set': () => new Set([1, 2, 3]),
  'the values of a map': () => new Map(Object.entries({ a: 1, b: 2, c: 3 })).values(),
  'a typed array': () => Uint8Array.of(1, 2, 3),
  'a generator': () => [1, 2, 3].values(),
  'an async generator': () => later([1, 2, 3]),
  'an iterable of promises': () => [1, 2, 3].map((x) => Promise.resolve(x)) as never,
  'a Readable': () => Readable.from([1, 2, 3]),
  'a PassThrough': () => Readable.from([1, 2, 3]).pipe(new PassThrough({ objectMode: true })),
  'a Duplex': () => Duplex.from(later([1, 2, 3])),
  'a source of ours': () => range(1, 4),
};

/** Everything that adds one to numbers. */
const stages: Record<string, () => Duplex> = {
  'a stage of ours': () => map((x: number) => x + 1),
  'a Transform': () =>
    new Transform({
      objectMode: true,
      transform: (item: number, _, callback) => callback(null, item + 1),
    }),
  'a Duplex': () =>
    Duplex.from(async function* (items: AsyncIterable<number>) {
      for await (const item of items) yield item + 1;
    }),
  'a Duplex that answers when it has read everything': () =>
    Duplex.from(async function* (items: AsyncIterable<number>) {
      const all: number[] = [];
      for await (const item of items) all.push(item);
      for (const item of all) yield item + 1;
    }),
};

/** Writes to everything that can be written to, with what arrived there. */
const sinks: Record<string, (got: unknown[]) => Writable> = {
  'a Writable': (got) =>
    new Writable({
      objectMode: true,
      write: (item, _, callback) => {
        got.push(item);
        callback();
      },
    }),
  'a slow Writable': (got) =>
    new Writable({
      objectMode: true,
      highWaterMark: 1,
      write: (item, _, callback) => {
        got.push(item);
        setImmediate(callback);
      },
    }),
  'a PassThrough': (got) =>
    new PassThrough({ objectMode: true }).on('data', (item) => got.push(item)),
  'a Duplex': (got) =>
    Duplex.from(async (items: AsyncIterable<unknown>) => {
      for await (const item of items) got.push(item);
    }),
};

describe('pipeline', () => {
  noUnhandled();

  for (const [what, make] of Object.entries(sources)) {
    it(`reads ${what}`, async () => {
      expect(await pipeline(make(), toArray())).to.deep.equal([1, 2, 3]);
    });

    it(`reads what a function makes: ${what}`, async () => {
      let signal: AbortSignal | undefined;
      const made = (context: { signal: AbortSignal }) => {
        signal = context.signal;
        return make();
      };
      expect(await pipeline(made, toArray())).to.deep.equal([1, 2, 3]);
      expect(signal).to.be.instanceOf(AbortSignal);
    });
  }

  it('reads the characters of a string from from(string), whole ones', async () => {
    expect(await pipeline(from('aé𝄞'), toArray())).to.deep.equal(['a', 'é', '𝄞']);
  });

  it('reads nothing of what is empty', async () => {
    for (const empty of [[], from(''), new Set<number>(), Readable.from([]), range(0, 0)])
      expect(await pipeline(empty as Iterable<number>, toArray())).to.deep.equal([]);
  });

  it('reads bytes as they come', async () => {
    const bytes = Readable.from([Buffer.from('ab'), Buffer.from('c')], { objectMode: false });
    expect(Buffer.concat(await pipeline(bytes, toArray<Buffer>())).toString()).to.equal('abc');
  });

  for (const [what, make] of Object.entries(stages)) {
    it(`passes items through ${what}`, async () => {
      expect(await pipeline([1, 2, 3], make(), toArray())).to.deep.equal([2, 3, 4]);
    });

    for (const [other, makeOther] of Object.entries(stages)) {
      it(`passes items through ${what} and ${other}`, async () => {
        const [first, second] = [make(), makeOther()];
        expect(await pipeline([1, 2], first, second, toArray())).to.deep.equal([3, 4]);
      });
    }
  }

  for (const [what, make] of Object.entries(sinks)) {
    it(`writes to ${what}, and resolves when it has finished`, async () => {
      const got: unknown[] = [];
      const sink = make(got);
      expect(await pipeline([1, 2, 3], sink)).to.equal(undefined);
      expect(sink).to.have.property('writableFinished', true);
      expect(got).to.deep.equal([1, 2, 3]);
    });
  }

  it('takes an array of its parts, as Node does, with or without options', async () => {
    const parts = () => [[1, 2], map((x: number) => x + 1), toArray()];
    expect(await pipeline(parts())).to.deep.equal([2, 3]);
    expect(await pipeline(parts(), { end: true })).to.deep.equal([2, 3]);
  });

  it('tells an array of parts from an array of items', async () => {
    expect(await pipeline([[1, 2], toArray()])).to.deep.equal([1, 2]);
    expect(await pipeline([[1, 2], 'x'], toArray())).to.deep.equal([[1, 2], 'x']);
  });

  it('takes options without a prototype', async () => {
    const options = Object.assign(Object.create(null), { end: true });
    expect(await pipeline([1], toArray(), options)).to.deep.equal([1]);
  });

  const run = pipeline as (...parts: unknown[]) => Promise<unknown>;
  const wrong: Record<string, readonly [parts: unknown[], message: RegExp]> = {
    'no argument': [[], /^pipeline: needs at least 2 arguments, got 0$/],
    'a source alone': [[[1]], /^pipeline: needs at least 2 arguments, got 1$/],
    'options in place of a sink': [[[1], { end: true }], /needs at least 2 arguments, got 1/],
    'a stage as its last': [
      [[1], map((x: number) => x)],
      /the last argument is a stage.*add a sink, such as toArray\(\) or drain\(\)/,
    ],
    'a source as its last': [[[1], range(0, 3)], /the last argument must be a sink.*got Source/],
    'a number as its source': [[5, toArray()], /the source must be a stream.*got 5/],
    'a path as its source': [
      ['big.csv', toArray()],
      /source is a string: createReadStream\(path\) reads/,
    ],
    'null as its source': [[null, toArray()], /the source must be a stream.*got null/],
    'a promise as its source': [[Promise.resolve([1]), toArray()], /source must be.*got Promise/],
    'a sink as its source': [[toArray(), toArray()], /source must be.*got Sink/],
    'a Writable as a stage': [[[1], new Writable(), toArray()], /a stage must be.*got Writable/],
    'a source as a stage': [[[1], range(0, 3), toArray()], /a stage must be.*got Source/],
    'undefined as a stage': [[[1], undefined, toArray()], /a stage must be.*got undefined/],
    'undefined as its sink': [[[1], undefined], /last argument must be.*got undefined/],
    'a Readable as its sink': [[[1], Readable.from([])], /last argument must be.*got Readable/],
  };
  for (const [what, [parts, message]] of Object.entries(wrong)) {
    it(`refuses ${what}, saying what would do`, async () => {
      const error = await rejection(run(...parts));
      expect(error).to.be.instanceOf(ArgumentError);
      expect((error as Error).message).to.match(message);
    });
  }
});

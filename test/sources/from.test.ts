import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ArgumentError, NullItemError, UsedError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { Source } from '../../lib/streams/source.js';
import type { SourceLike } from '../../lib/streams/types.js';
import { Counted } from '../helpers/counted.js';
import { sourceGives } from '../helpers/gives.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

function* numbers() {
  yield 1;
  yield 2;
}

async function* laterNumbers() {
  yield 1;
  await turn();
  yield 2;
}

const webNumbers = () =>
  new ReadableStream<number>({
    start: (controller) => {
      controller.enqueue(1);
      controller.enqueue(2);
      controller.close();
    },
  });

const readable: Record<string, () => SourceLike<unknown>> = {
  array: () => [1, 2],
  set: () => new Set([1, 2]),
  generator: numbers,
  'async generator': laterNumbers,
  'generator function': () => numbers,
  'async generator function': () => laterNumbers,
  'function that answers an iterable': () => () => [1, 2],
  readable: () => Readable.from([1, 2]),
  'web stream': webNumbers,
  source: () => range(1, 3),
  'source composed with stages': () =>
    compose(
      range(0, 2),
      map((x) => x + 1),
    ),
  'source in use': () => range(1, 3).on('error', () => {}),
  'promises among others': () => [Promise.resolve(1), 2],
};

describe('from', () => {
  for (const [what, make] of Object.entries(readable))
    sourceGives(`from(${what}) gives its items`, () => from<unknown>(make()), [1, 2]);
  sourceGives('from(string) gives its characters', () => from('aß😀'), ['a', 'ß', '😀']);
  sourceGives('from([]) is empty', () => from([]), []);
  sourceGives('from(empty readable) is empty', () => from(Readable.from([])), []);
  sourceGives(
    'from(iterable) gives undefined, 0 and "" like any item',
    () => from([undefined, 0, '']),
    [undefined, 0, ''],
  );

  it('from(bytes) gives the buffers of a file', async () => {
    const path = fileURLToPath(import.meta.url);
    const chunks = await pipeline(
      from<Buffer>(createReadStream(path, { highWaterMark: 100 })),
      toArray(),
    );
    expect(chunks.length).to.be.greaterThan(1);
    expect(Buffer.concat(chunks).toString()).to.contain('gives the buffers of a file');
  });

  it('from(anything) is a Source, so it can be pulled and composed', () => {
    expect(from([1])).to.be.instanceOf(Source);
    expect([
      ...pull(
        compose(
          from([1]),
          map((x) => x * 10),
        ),
      ),
    ]).to.deep.equal([10]);
  });

  it('from(function) calls it when the first item is asked for, once, with { signal }', async () => {
    const calls: unknown[][] = [];
    const source = from((...args: [{ signal: AbortSignal }]) => {
      calls.push([args.length, args[0].signal.aborted]);
      return [1, 2];
    });
    await turn();
    expect(calls).to.deep.equal([]);
    await pipeline(source, drain());
    expect(calls).to.deep.equal([[1, false]]);
  });

  it('from(iterable) asks for no more than is wanted, and closes it', async () => {
    for (const kind of ['items', 'later'] as const) {
      const counted = new Counted();
      await pipeline(from(counted[kind]()), take(3), drain());
      expect(counted).to.deep.equal({ asked: 3, closed: true });
    }
  });

  it('from(iterable) closes it when for await is left', async () => {
    const counted = new Counted();
    for await (const item of from(counted.later())) if (item === 2) break;
    expect(await quiet(() => counted.closed)).to.equal(true);
  });

  it('from(readable) destroys it when the run ends early', async () => {
    const readable = Readable.from([1, 2, 3]);
    expect(await pipeline(from(readable), first())).to.equal(1);
    expect(readable.destroyed).to.equal(true);
  });

  it('from(web stream) cancels it when the run ends early', async () => {
    let cancelled = false;
    const endless = new ReadableStream<number>({
      pull: (controller) => controller.enqueue(1),
      cancel: () => {
        cancelled = true;
      },
    });
    expect(await pipeline(from(endless), first())).to.equal(1);
    expect(cancelled).to.equal(true);
  });

  it('from(readable), destroyed before it is read, destroys it', async () => {
    const readable = Readable.from([1, 2, 3]);
    const source = from(readable);
    source.destroy();
    await once(source, 'close');
    expect(readable.destroyed).to.equal(true);
  });

  const cause = new Error('broken on purpose');
  const broken = function* () {
    yield 1;
    throw cause;
  };
  const brokenLater = async function* () {
    yield 1;
    throw cause;
  };
  for (const [what, make, name] of [
    ['an iterable', () => from(broken()), 'from'],
    ['an async iterable', () => from(brokenLater()), 'from'],
    ['a rejected promise', () => from([1, Promise.reject(cause)]), 'from'],
    ['a function', () => from(broken), 'broken'],
    ['an async generator function', () => from(brokenLater), 'brokenLater'],
    ['a function with another name', () => from(broken, { name: 'ids' }), 'ids'],
    ['an iterable with another name', () => from(broken(), { name: 'ids' }), 'ids'],
  ] as const) {
    it(`from(${what}) fails as ${name}`, async () => {
      const error = await stageFailure(pipeline(make(), drain()));
      expect(error.stage).to.deep.equal({ name, position: 0 });
      expect(error).to.include({ index: 1, cause });
    });
  }

  it('from(readable) fails with the error of the stream itself', async () => {
    const missing = createReadStream('/nowhere/at/all');
    const error = await rejection(pipeline(from(missing, { name: 'ids' }), drain()));
    expect(error).to.include({ code: 'ENOENT', path: '/nowhere/at/all' });
    expect(error).not.to.have.property('stage');
  });

  it('from(web stream) fails with the error of the stream itself', async () => {
    const failing = new ReadableStream<number>({
      pull: () => {
        throw cause;
      },
    });
    expect(await rejection(pipeline(from(failing), drain()))).to.equal(cause);
  });

  it('from(function) fails when the function answers no iterable', async () => {
    const five = (() => 5) as never;
    const error = await stageFailure(pipeline(from(five), drain()));
    expect(error.cause).to.be.instanceOf(ArgumentError);
    expect(error.message).to.contain('must return an iterable or async iterable, got 5');
  });

  it('from(iterable) fails when null is among the items', async () => {
    const error = await stageFailure(pipeline(from([1, null]), drain()));
    expect(error.stage.name).to.equal('from');
    expect(error.cause).to.be.instanceOf(NullItemError);
  });

  for (const [what, items] of [
    ['undefined', undefined],
    ['null', null],
    ['5', 5],
    ['Object', {}],
    ['Promise', Promise.resolve([])],
    ['Writable', new Writable()],
  ] as const) {
    refuses(
      `from(${what}) is refused at the call`,
      () => from(items as never),
      `from: the source must be a stream, an iterable, or a function that makes one; got ${what}`,
    );
  }

  it('from(source) refuses at the call a source that is in a pipeline already', async () => {
    const source = range(0, 3);
    await pipeline(source, drain());
    expect(() => from(source))
      .to.throw(UsedError)
      .with.property('code', 'ERR_SLUICE_USED');
  });

  it('from infers its items', async () => {
    typed<Source<number>>()(from([1]));
    typed<Source<string>>()(from('text'));
    typed<Source<number>>()(from(webNumbers()));
    typed<Source<number>>()(from(range(0, 1)));
    typed<Source<1 | 2>>()(from(numbers));
    typed<number[]>()(
      await pipeline(
        from(async function* () {
          yield 1 as number;
        }),
        toArray(),
      ),
    );
  });
});

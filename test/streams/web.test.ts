import { text } from 'node:stream/consumers';
import { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { NullItemError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');
const endless = () => range(0, Number.POSITIVE_INFINITY);
const fails = () =>
  map((): never => {
    throw cause;
  });

/** A web stream of `items` that notes what becomes of it. */
class Given {
  asked = 0;
  cancelled: unknown[] = [];
  readonly stream: ReadableStream<number>;

  constructor(until = Number.POSITIVE_INFINITY) {
    this.stream = new ReadableStream<number>(
      {
        pull: (controller) => {
          if (this.asked >= until) return controller.close();
          this.asked += 1;
          controller.enqueue(this.asked);
        },
        cancel: (reason) => void this.cancelled.push(reason),
      },
      { highWaterMark: 0 },
    );
  }
}

/** A web stream to write to that notes what becomes of it. */
class Taken {
  readonly items: unknown[] = [];
  readonly ended: unknown[] = [];
  readonly stream: WritableStream<unknown>;

  constructor(write: (item: unknown) => void | Promise<void> = () => {}) {
    this.stream = new WritableStream({
      write: async (item) => {
        await write(item);
        this.items.push(item);
      },
      close: () => void this.ended.push('closed'),
      abort: (reason) => void this.ended.push(reason),
    });
  }
}

describe('a web stream', () => {
  noUnhandled();

  it('is read, one item at a time, without a lock after it', async () => {
    const given = new Given(3);
    expect(await pipeline(given.stream, toArray())).to.deep.equal([1, 2, 3]);
    expect(given.stream.locked).to.equal(false);
  });

  it('is asked only for what is taken, and cancelled then', async () => {
    const given = new Given();
    expect(await pipeline(given.stream, take(2), toArray())).to.deep.equal([1, 2]);
    expect(given).to.deep.include({ asked: 2, cancelled: [undefined] });
  });

  it('gives undefined as an item, and has its null refused', async () => {
    const values = (...items: unknown[]) =>
      new ReadableStream<unknown>({
        start: (controller) => {
          for (const item of items) controller.enqueue(item);
          controller.close();
        },
      });
    expect(await pipeline(values(undefined, 0, ''), toArray())).to.deep.equal([undefined, 0, '']);
    const error = await stageFailure(pipeline(values(1, null, 2), toArray()));
    expect(error.cause).to.be.instanceOf(NullItemError);
    expect(error).to.deep.include({ stage: { name: 'ReadableStream', position: 0 }, index: 1 });
  });

  it('that fails keeps the identity of its error', async () => {
    const stream = new ReadableStream({ pull: () => Promise.reject(cause) });
    expect(await rejection(pipeline(stream, drain()))).to.equal(cause);
    expect(cause).to.not.have.property('suppressed');
  });

  it('that is locked is refused', async () => {
    const { stream } = new Given();
    stream.getReader();
    expect(await rejection(pipeline(stream, drain()))).to.have.property(
      'code',
      'ERR_INVALID_STATE',
    );
  });

  it('is cancelled while the run waits for it', async () => {
    const cancelled: unknown[] = [];
    const stream = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) });
    const controller = new AbortController();
    const run = pipeline(stream, drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    await rejection(run);
    expect(cancelled).to.have.length(1);
  });

  it('does not keep the run from settling when it can not be cancelled', async () => {
    const stream = new ReadableStream({ cancel: () => new Promise<void>(() => {}) });
    const controller = new AbortController();
    const run = pipeline(stream, drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    expect(await rejection(run)).to.have.property('name', 'AbortError');
  });

  it('is written to and closed, and the run resolves then', async () => {
    const taken = new Taken(() => turn());
    expect(await pipeline(range(0, 3), taken.stream)).to.equal(undefined);
    expect(taken).to.deep.include({ items: [0, 1, 2], ended: ['closed'] });
    expect(taken.stream.locked).to.equal(false);
  });

  it('is written to at its own pace', async () => {
    let made = 0;
    const counted = map((x: number) => {
      made += 1;
      return x;
    });
    const taken = new Taken(() => new Promise(() => {}));
    const controller = new AbortController();
    const run = pipeline(endless(), counted, taken.stream, { signal: controller.signal });
    await quiet(() => made);
    expect(made).to.be.at.most(2);
    controller.abort();
    await rejection(run);
  });

  it('is left open with end: false, once it has taken everything', async () => {
    const taken = new Taken(() => turn());
    await pipeline(range(0, 3), taken.stream, { end: false });
    expect(taken).to.deep.include({ items: [0, 1, 2], ended: [] });
    await pipeline(range(3, 4), taken.stream);
    expect(taken).to.deep.include({ items: [0, 1, 2, 3], ended: ['closed'] });
  });

  it('is aborted with the error of the run', async () => {
    const taken = new Taken();
    const error = await rejection(pipeline(range(0, 3), fails(), taken.stream));
    expect(error).to.include({ cause });
    expect(taken.ended).to.deep.equal([error]);
  });

  it('that can not be written to fails the run with its own error, and closes the source', async () => {
    const given = new Given();
    const taken = new Taken(() => Promise.reject(cause));
    expect(await rejection(pipeline(given.stream, taken.stream))).to.equal(cause);
    expect(given.cancelled).to.have.length(1);
  });

  it('that can not be closed fails the run with its own error', async () => {
    const stream = new WritableStream({ close: () => Promise.reject(cause) });
    expect(await rejection(pipeline(range(0, 3), stream))).to.equal(cause);
  });

  it('pair stands between stages', async () => {
    const tenfold = new TransformStream<number, number>({
      transform: (item, controller) => controller.enqueue(item * 10),
      flush: (controller) => controller.enqueue(-1),
    });
    expect(
      await pipeline(
        range(0, 3),
        tenfold,
        map((x: number) => x + 1),
        toArray(),
      ),
    ).to.deep.equal([1, 11, 21, 0]);
  });

  it('pair closes its source when what is behind it ends early', async () => {
    const given = new Given();
    const pair = new TransformStream<number, number>();
    expect(await pipeline(given.stream, pair, take(2), toArray())).to.deep.equal([1, 2]);
    expect(given.cancelled).to.have.length(1);
  });

  it('pair that fails keeps the identity of its error, and closes both ends', async () => {
    const given = new Given();
    const taken = new Taken();
    const pair = new TransformStream<number, number>({ transform: () => Promise.reject(cause) });
    expect(await rejection(pipeline(given.stream, pair, taken.stream))).to.equal(cause);
    expect(given.cancelled).to.have.length(1);
    expect(taken.ended).to.deep.equal([cause]);
  });

  it('pair whose run fails before it or behind it is closed', async () => {
    for (const where of ['before', 'behind'] as const) {
      const given = new Given();
      const pair = new TransformStream<number, number>();
      const parts = where === 'before' ? [fails(), pair] : [pair, fails()];
      const run = pipeline([given.stream, ...parts, drain()]);
      expect(await rejection(run)).to.include({ cause });
      expect(given.cancelled).to.have.length(1);
      expect([pair.readable.locked, pair.writable.locked]).to.deep.equal([false, false]);
    }
  });

  it('pair compresses and decompresses', async () => {
    const source = from([Buffer.from('text '.repeat(1000))]);
    const bytes = await pipeline(
      source,
      new CompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>,
      new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>,
      toArray<Uint8Array>(),
    );
    expect(await text(from(bytes))).to.equal('text '.repeat(1000));
  });
});

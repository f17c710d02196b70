import { once } from 'node:events';
import { pipeline as callbackPipeline, PassThrough, Readable, Transform } from 'node:stream';
import { pipeline as nodePipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { from } from '../../lib/sources/from.js';
import { range } from '../../lib/sources/range.js';
import { Source } from '../../lib/streams/source.js';
import { closed } from '../helpers/closed.js';
import { Counted } from '../helpers/counted.js';
import { Life } from '../helpers/life.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { Stalled } from '../helpers/stalled.js';

const cause = new Error('broken on purpose');

describe('a Source', () => {
  noUnhandled();

  it('is an object-mode Readable', () => {
    const source = range(0, 3);
    expect(source).to.be.instanceOf(Source).and.instanceOf(Readable);
    expect(source).to.include({ readableObjectMode: true, readableFlowing: null });
  });

  it('makes no item before it is read', async () => {
    const counted = new Counted();
    const source = from(counted.items());
    await quiet(() => counted.asked);
    expect(counted.asked).to.equal(0);
    source.destroy();
    await closed(source);
  });

  it('is read by data listeners, and says end and close once', async () => {
    const source = range(0, 3);
    const life = new Life(source);
    const items: number[] = [];
    let ends = 0;
    source.on('data', (item) => items.push(item));
    source.on('end', () => {
      ends += 1;
    });
    await closed(source);
    await quiet(() => life.closes);
    expect({ items, ends, ...life }).to.deep.equal({
      items: [0, 1, 2],
      ends: 1,
      closes: 1,
      errors: [],
    });
  });

  it('is read by read() when it is readable', async () => {
    const source = range(0, 3);
    await once(source, 'readable');
    expect([source.read(), source.read(), source.read()]).to.deep.equal([0, 1, 2]);
    expect(source.read()).to.equal(null);
  });

  it('is read by for await, which closes what it reads when it breaks off', async () => {
    const counted = new Counted();
    for await (const item of from(counted.later())) if (item === 2) break;
    await quiet(() => counted.closed);
    expect(counted.closed).to.equal(true);
  });

  it('is piped', async () => {
    const sink = toArray<string>();
    const text = new Transform({
      objectMode: true,
      transform: (item, _, callback) => callback(null, `${item}`),
    });
    range(0, 3).pipe(text).pipe(sink);
    expect(await sink.result()).to.deep.equal(['0', '1', '2']);
  });

  it('is composed by Node', async () => {
    const composed = range(0, 3).compose(map((x: number) => x * 2)) as Readable;
    expect(await composed.toArray()).to.deep.equal([0, 2, 4]);
  });

  it("has Node's own stream helpers", async () => {
    const doubled = range(0, 5).map((x) => x * 2);
    expect(await doubled.take(2).toArray()).to.deep.equal([0, 2]);
  });

  it("is the first of Node's pipeline with a callback", (done) => {
    const sink = toArray<number>();
    callbackPipeline(range(0, 3), sink, (error) => {
      expect(error).to.equal(undefined);
      sink.result().then((items) => {
        expect(items).to.deep.equal([0, 1, 2]);
        done();
      }, done);
    });
  });

  it('becomes a web stream', async () => {
    const items: unknown[] = [];
    for await (const item of Readable.toWeb(range(0, 3))) items.push(item);
    expect(items).to.deep.equal([0, 1, 2]);
  });

  it('whose web stream is cancelled closes what it reads', async () => {
    const counted = new Counted();
    const source = from(counted.later());
    const reader = Readable.toWeb(source).getReader();
    await reader.read();
    await reader.cancel();
    await quiet(() => counted.closed);
    expect(counted.closed).to.equal(true);
  });

  it('makes a bounded number of items for a reader that has stalled', async () => {
    const counted = new Counted();
    const source = from(counted.items());
    const stalled = new Stalled();
    source.pipe(stalled);
    await quiet(() => counted.asked);
    expect(stalled.taken).to.equal(1);
    expect(counted.asked).to.be.within(1, 2 * source.readableHighWaterMark);
    stalled.destroy();
    source.destroy();
    await closed(source);
    expect(counted.closed).to.equal(true);
  });

  it('that is paused makes no more, and goes on when it is resumed', async () => {
    const source = range(0, 1000);
    const items: number[] = [];
    source.on('data', (item) => {
      items.push(item);
      if (item === 4) source.pause();
    });
    await quiet(() => items.length);
    expect(items).to.have.length(5);
    source.resume();
    await once(source, 'end');
    expect(items).to.have.length(1000);
  });

  it('that fails emits its error once, closes, and closes what it reads', async () => {
    let cleaned = false;
    const failing = async function* () {
      try {
        yield 1;
        throw cause;
      } finally {
        cleaned = true;
      }
    };
    const source = from(failing);
    const life = new Life(source);
    source.resume();
    await closed(source);
    expect(life.closes).to.equal(1);
    expect(life.errors).to.have.length(1);
    expect(life.errors[0]).to.include({ name: 'StageError', index: 1, cause });
    expect(cleaned).to.equal(true);
  });

  for (const when of ['before it is read', 'mid-way'] as const) {
    it(`that is destroyed ${when} closes what it reads before it says close`, async () => {
      const counted = new Counted();
      const source = from(counted.later());
      const life = new Life(source);
      if (when === 'mid-way') await once(source, 'readable');
      source.destroy();
      await closed(source);
      expect({ ...life }).to.deep.equal({ closes: 1, errors: [] });
      expect(counted.closed).to.equal(when === 'mid-way');
    });
  }

  it('that is destroyed with an error emits that error', async () => {
    const source = range(0, 3);
    const life = new Life(source);
    source.destroy(cause);
    await closed(source);
    expect(life.errors).to.deep.equal([cause]);
  });

  it('that is destroyed emits the error of what can not be closed', async () => {
    const source = from(
      (function* () {
        try {
          for (;;) yield 1;
        } finally {
          // Thrown from a function, because a throw of its own would hide another error.
          fail();
        }
      })(),
    );
    const life = new Life(source);
    await once(source, 'readable');
    source.destroy();
    await quiet(() => life.closes);
    expect(life.errors).to.have.length(1);
    expect(life.errors[0]).to.include({ cause });
  });

  it("hands its error to the streams behind it in Node's pipeline", async () => {
    const source = from(function* (): Generator<number> {
      yield 1;
      fail();
    });
    const through = new PassThrough({ objectMode: true });
    const sink = toArray();
    const error = await nodePipeline(source, through, sink).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.include({ name: 'StageError', cause });
    expect([source, through, sink].map(({ destroyed }) => destroyed)).to.deep.equal([
      true,
      true,
      true,
    ]);
  });
});

function fail(): never {
  throw cause;
}

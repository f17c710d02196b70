import { once } from 'node:events';
import stream, {
  pipeline as callbackPipeline,
  Duplex,
  PassThrough,
  Readable,
  Transform,
} from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline as nodePipeline } from 'node:stream/promises';
import type { ReadableWritablePair } from 'node:stream/web';
import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { Stage } from '../../lib/streams/stage.js';
import { closed } from '../helpers/closed.js';
import { Life } from '../helpers/life.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

/** Node's own `compose`, which its types do not know. */
const { compose: composed } = stream as unknown as { compose: (...streams: Duplex[]) => Duplex };

const double = () => map((x: number) => x * 2);

describe('a Stage', () => {
  noUnhandled();

  it('is an object-mode Transform', () => {
    const stage = double();
    expect(stage).to.be.instanceOf(Stage).and.instanceOf(Transform);
    expect(stage).to.include({ readableObjectMode: true, writableObjectMode: true });
  });

  it('is written to and read like any stream, and says finish, end and close once', async () => {
    const stage = double();
    const life = new Life(stage);
    const events: unknown[] = [];
    for (const event of ['finish', 'end', 'close']) stage.on(event, () => events.push(event));
    stage.on('data', (item) => events.push(item));
    stage.write(1);
    stage.end(2);
    await once(stage, 'close');
    expect(events.filter((event) => typeof event === 'number')).to.deep.equal([2, 4]);
    expect(events.slice(2).sort()).to.deep.equal(['close', 'end', 'finish']);
    expect(life).to.deep.equal({ closes: 1, errors: [] });
  });

  it('is read by for await', async () => {
    const items: number[] = [];
    for await (const item of Readable.from([1, 2]).pipe(double())) items.push(item);
    expect(items).to.deep.equal([2, 4]);
  });

  it('is piped into and piped on, however often', async () => {
    const sink = toArray<number[]>();
    Readable.from([1, 2, 3])
      .pipe(double())
      .pipe(filter((x: number) => x > 2))
      .pipe(batch(9))
      .pipe(sink);
    expect(await sink.result()).to.deep.equal([[4, 6]]);
  });

  it("stands among other streams in Node's pipeline", async () => {
    const sink = toArray<number>();
    await nodePipeline(
      Readable.from([1, 2, 3]),
      double(),
      new PassThrough({ objectMode: true }),
      flatMap<number, number>((x) => [x, x]),
      sink,
    );
    expect(await sink.result()).to.deep.equal([2, 2, 4, 4, 6, 6]);
  });

  it("stands among functions in Node's pipeline", async () => {
    const read = await nodePipeline(
      async function* () {
        yield* [1, 2];
      },
      double(),
      async function* (items: AsyncIterable<number>) {
        for await (const item of items) yield item + 1;
      },
      double(),
      async (items: AsyncIterable<number>) => {
        const all: number[] = [];
        for await (const item of items) all.push(item);
        return all;
      },
    );
    expect(read).to.deep.equal([6, 10]);
  });

  it("is the last of Node's pipeline, and read then", async () => {
    const stage = callbackPipeline(range(0, 3), double(), () => {});
    expect(await stage.toArray()).to.deep.equal([0, 2, 4]);
  });

  it('is composed with others by Node', async () => {
    const both = composed(
      double(),
      map((x: number) => x + 1),
    );
    both.write(1);
    both.end(2);
    expect(await both.toArray()).to.deep.equal([3, 5]);
  });

  it('makes bytes of bytes between files and sockets', async () => {
    const upper = map((bytes: Buffer) => bytes.toString().toUpperCase());
    expect(await text(Readable.from([Buffer.from('a'), Buffer.from('b')]).pipe(upper))).to.equal(
      'AB',
    );
  });

  it('becomes a pair of web streams', async () => {
    const { readable, writable } = Duplex.toWeb(double()) as ReadableWritablePair<number, number>;
    const writer = writable.getWriter();
    const written = writer.write(1).then(() => writer.close());
    const items: number[] = [];
    for await (const item of readable) items.push(item);
    await written;
    expect(items).to.deep.equal([2]);
  });

  it('reads a web stream and is read as one', async () => {
    const web = new ReadableStream<number>({
      start(controller) {
        controller.enqueue(1);
        controller.enqueue(2);
        controller.close();
      },
    });
    const items: unknown[] = [];
    for await (const item of Readable.toWeb(
      Readable.fromWeb(web, { objectMode: true }).pipe(double()),
    ))
      items.push(item);
    expect(items).to.deep.equal([2, 4]);
  });

  it('hands over what it holds when it is ended', async () => {
    const stage = batch<number>(2);
    for (const item of [1, 2, 3]) stage.write(item);
    stage.end();
    expect(await stage.toArray()).to.deep.equal([[1, 2], [3]]);
  });

  it('that is ended without an item ends', async () => {
    const stage = double();
    stage.end();
    expect(await stage.toArray()).to.deep.equal([]);
  });

  it('that is ended before anybody reads it waits for its reader', async () => {
    const stage = double();
    const life = new Life(stage);
    stage.end(1);
    await once(stage, 'readable');
    expect(life.closes).to.equal(0);
    expect(await stage.toArray()).to.deep.equal([2]);
  });

  it('that fails emits its error once, after which it is closed', async () => {
    const stage = map(() => {
      throw new Error('broken on purpose');
    });
    const life = new Life(stage);
    stage.resume();
    stage.write('item in hand');
    stage.write('another');
    await closed(stage);
    expect(life.closes).to.equal(1);
    expect(life.errors).to.have.length(1);
    expect(life.errors[0]).to.include({ name: 'StageError', index: 0, item: 'item in hand' });
    expect(stage.destroyed).to.equal(true);
  });

  it('does not pass for one that has ended when it is destroyed after its input', async () => {
    const stage = compose(
      batch<number>(1000),
      flatMap((items) => items),
    );
    const events: string[] = [];
    for (const event of ['finish', 'end', 'close']) stage.on(event, () => events.push(event));
    const run = rejection(nodePipeline(range(0, 100), stage, new Stalled()));
    await quiet(() => stage.readableLength);
    stage.destroy();
    expect(await run).to.have.property('code', 'ERR_STREAM_PREMATURE_CLOSE');
    expect(events).to.deep.equal(['close']);
  });

  it('refuses null as a Node stream does, at the write', () => {
    expect(() => double().write(null))
      .to.throw()
      .with.property('code', 'ERR_STREAM_NULL_VALUES');
  });

  it('takes undefined, which is an item like any other', async () => {
    const stage = map((x: unknown) => `${x}`);
    stage.write(undefined);
    stage.end();
    expect(await stage.toArray()).to.deep.equal(['undefined']);
  });
});

import { once } from 'node:events';
import { pipeline as callbackPipeline, Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ClosedError, UsedError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { reduce } from '../../lib/sinks/reduce.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Sink } from '../../lib/streams/sink.js';
import { closed } from '../helpers/closed.js';
import { Life } from '../helpers/life.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');
const fails = () =>
  forEach(() => {
    throw cause;
  });

describe('a Sink', () => {
  noUnhandled();

  it('is an object-mode Writable', () => {
    expect(toArray()).to.be.instanceOf(Sink).and.instanceOf(Writable);
    expect(toArray()).to.include({ writableObjectMode: true, writableEnded: false });
  });

  it('is written to, finishes, closes once, and has its result', async () => {
    const sink = toArray<number>();
    const life = new Life(sink);
    sink.write(1);
    sink.end(2);
    await once(sink, 'finish');
    expect(await sink.result()).to.deep.equal([1, 2]);
    expect(await sink.result()).to.deep.equal([1, 2]);
    await quiet(() => life.closes);
    expect({ ...life }).to.deep.equal({ closes: 1, errors: [] });
  });

  it('may be asked for its result before anything is written', async () => {
    const sink = reduce((sum: number, x: number) => sum + x, 0);
    const result = sink.result();
    Readable.from([1, 2, 3]).pipe(sink);
    expect(await result).to.equal(6);
  });

  it('of nothing has the result of nothing', async () => {
    const sink = toArray();
    sink.end();
    expect(await sink.result()).to.deep.equal([]);
  });

  it('has its result only when the last item has been taken', async () => {
    const log: string[] = [];
    const sink = forEach(async (x: number) => {
      await turn();
      log.push(`took ${x}`);
    });
    sink.on('finish', () => log.push('finished'));
    sink.write(1);
    sink.end(2);
    await sink.result();
    await closed(sink);
    expect(log).to.deep.equal(['took 1', 'took 2', 'finished']);
  });

  it("is the last of Node's pipeline with a callback", (done) => {
    const sink = toArray<number>();
    callbackPipeline(Readable.from([1, 2]), sink, (error) => {
      expect(error).to.equal(undefined);
      sink.result().then((items) => {
        expect(items).to.deep.equal([1, 2]);
        done();
      }, done);
    });
  });

  it('becomes a web stream', async () => {
    const sink = toArray<number>();
    const writer = Writable.toWeb(sink).getWriter();
    await writer.write(1);
    await writer.write(2);
    await writer.close();
    expect(await sink.result()).to.deep.equal([1, 2]);
  });

  it('takes a bounded number of items while one is in work', async () => {
    const sink = forEach(() => new Promise(() => {}));
    let written = 0;
    const more = (): void => {
      while (sink.write(written++));
    };
    sink.on('drain', more);
    more();
    await quiet(() => written);
    expect(written).to.be.at.most(2 * sink.writableHighWaterMark + 1);
    sink.destroy();
    await closed(sink);
  });

  it('made of stages and a sink is one, too', async () => {
    const sink = compose(
      map((x: number) => x + 1),
      toArray(),
    );
    Readable.from([1, 2]).pipe(sink);
    expect(await sink.result()).to.deep.equal([2, 3]);
  });

  it('that fails emits its error once, and its result rejects with it', async () => {
    const sink = fails();
    const life = new Life(sink);
    const result = rejection(sink.result());
    sink.write('item');
    await closed(sink);
    expect(life.errors).to.have.length(1);
    expect(life.errors[0]).to.include({ name: 'StageError', cause, item: 'item' });
    expect(await result).to.equal(life.errors[0]);
    expect(await rejection(sink.result())).to.equal(life.errors[0]);
  });

  it("that fails makes Node's pipeline reject, and its source is destroyed", async () => {
    const source = range(0, Number.POSITIVE_INFINITY);
    expect(await rejection(nodeRun([source, fails()]))).to.include({ cause });
    expect(source.destroyed).to.equal(true);
  });

  it('that fails when it ends makes the stream fail', async () => {
    const sink = new Sink<unknown, never>({
      name: 'mine',
      links: [],
      drain: { name: 'mine', take: () => undefined, end: () => Promise.reject(cause) },
    });
    const life = new Life(sink);
    sink.end('item');
    expect(await rejection(sink.result())).to.include({ cause });
    await quiet(() => life.closes);
    expect({ ...life }).to.deep.equal({ closes: 1, errors: [await rejection(sink.result())] });
  });

  for (const when of ['before it is written to', 'mid-way'] as const) {
    it(`that is destroyed ${when} has no result, and says so`, async () => {
      const sink = forEach(() => new Promise(() => {}));
      const result = rejection(sink.result());
      if (when === 'mid-way') sink.write(1);
      sink.destroy();
      await closed(sink);
      expect(await result).to.be.instanceOf(ClosedError);
      expect(await rejection(sink.result())).to.be.instanceOf(ClosedError);
    });
  }

  it('that is part of a pipeline has its result there, and says so', async () => {
    const sink = toArray();
    const run = pipeline([1], sink);
    expect(await rejection(sink.result())).to.be.instanceOf(UsedError);
    expect(await run).to.deep.equal([1]);
  });

  it('that has what it needs takes and drops the rest, so that its writer is not stuck', async () => {
    const sink = first<number>();
    for (let item = 0; item < 100; item += 1) if (!sink.write(item)) await once(sink, 'drain');
    sink.end();
    await once(sink, 'finish');
    expect(await sink.result()).to.equal(0);
  });

  it('that has what it needs has its result at once, even if its writer never ends', async () => {
    const sink = first<number>();
    sink.write(5);
    expect(await sink.result()).to.equal(5);
    expect(sink.writableEnded).to.equal(false);
  });
});

import { Duplex, PassThrough, Readable, Transform, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { closed } from '../helpers/closed.js';
import { Life } from '../helpers/life.js';
import { listeners } from '../helpers/listeners.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('broken on purpose');

/** Streams that need some turns to close, as those of files and sockets do. */
const destroy = (error: Error | null, callback: (error: Error | null) => void): void => {
  setImmediate(() => setImmediate(() => callback(error)));
};
const items = (until = 3) => {
  let next = 0;
  return new Readable({
    objectMode: true,
    destroy,
    read() {
      this.push(next < until ? next : null);
      next += 1;
    },
  });
};
const through = () => new PassThrough({ objectMode: true, destroy });
const into = () =>
  new Writable({ objectMode: true, destroy, write: (_item, _encoding, callback) => callback() });
const fails = () =>
  map((): unknown => {
    throw cause;
  });

describe('a pipeline over streams of the user', () => {
  noUnhandled();

  it('settles when all of them have closed, and leaves no listener on them', async () => {
    const streams = [items(), through(), through(), into()] as const;
    const before = streams.map(listeners);
    await pipeline(...streams);
    expect(streams.map((stream) => stream.closed)).to.deep.equal([true, true, true, true]);
    expect(streams.map(listeners)).to.deep.equal(before);
  });

  it('settles when all of them have closed after an early end', async () => {
    const [source, before, behind, sink] = [items(Infinity), through(), through(), into()];
    await pipeline(source, before, take(2), behind, sink);
    for (const stream of [source, before, behind, sink]) expect(stream.closed).to.equal(true);
    expect([source, before].map(({ errored }) => errored)).to.deep.equal([null, null]);
    expect(sink.writableFinished).to.equal(true);
  });

  for (const at of [0, 1, 2]) {
    it(`settles when all of them have closed after a failure behind stream ${at}`, async () => {
      const streams = [items(Infinity), through(), through()] as const;
      const sink = into();
      const before = [...streams, sink].map(listeners);
      const parts: unknown[] = [...streams, sink];
      parts.splice(at + 1, 0, fails());
      expect(await rejection(pipeline(parts))).to.include({ cause });
      for (const stream of [...streams, sink]) expect(stream.closed).to.equal(true);
      expect([...streams, sink].map(listeners)).to.deep.equal(before);
    });
  }

  const breaking: Record<string, () => readonly [Readable, Duplex, Writable]> = {
    source: () => {
      const source = new Readable({ objectMode: true, read: () => source.destroy(cause) });
      return [source, through(), into()];
    },
    transform: () => {
      const breaks = new Transform({
        objectMode: true,
        transform: (_item, _encoding, callback) => callback(cause),
      });
      return [items(), breaks, into()];
    },
    'flush of a transform': () => {
      const breaks = new Transform({
        objectMode: true,
        transform: (item, _, callback) => callback(null, item),
        flush: (callback) => callback(cause),
      });
      return [items(), breaks, into()];
    },
    sink: () => {
      const write = (_item: unknown, _encoding: string, callback: (error: Error) => void) =>
        callback(cause);
      return [items(), through(), new Writable({ objectMode: true, write })];
    },
    'final of a sink': () => {
      const sink = into();
      sink._final = (callback) => callback(cause);
      return [items(), through(), sink];
    },
  };
  for (const [what, make] of Object.entries(breaking)) {
    it(`keeps the identity of the error of its ${what}, and closes the others`, async () => {
      const streams = make();
      const [source, middle, sink] = streams;
      const lives = streams.map((stream) => new Life(stream));
      expect(await rejection(pipeline(source, middle, sink))).to.equal(cause);
      expect(cause).to.not.have.property('suppressed');
      for (const stream of streams) expect(stream.destroyed).to.equal(true);
      for (const { errors } of lives) for (const error of errors) expect(error).to.equal(cause);
    });
  }

  it('fails with the error of one stream rather than the premature close of another', async () => {
    for (const first of ['source', 'sink'] as const) {
      const streams = { source: items(Infinity), sink: into() };
      const run = pipeline(streams.source, through(), streams.sink);
      await turn();
      streams[first].destroy();
      streams[first === 'source' ? 'sink' : 'source'].destroy(cause);
      expect(await rejection(run)).to.equal(cause);
      expect(cause).to.not.have.property('suppressed');
    }
  });

  it('fails when a stream is destroyed under it', async () => {
    for (const at of [0, 1, 2]) {
      const streams = [items(Infinity), through(), into()] as const;
      const run = pipeline(...streams);
      setImmediate(() => streams[at]?.destroy());
      expect(await rejection(run)).to.have.property('code', 'ERR_STREAM_PREMATURE_CLOSE');
      for (const stream of streams) expect(stream.closed).to.equal(true);
    }
  });

  it('fails when a stream had been destroyed before', async () => {
    for (const at of [0, 1, 2]) {
      const streams = [items(Infinity), through(), into()] as const;
      streams[at]?.destroy();
      await closed(streams[at] as Readable);
      const error = await rejection(pipeline(...streams));
      const code = at === 0 ? 'ERR_STREAM_PREMATURE_CLOSE' : 'ERR_SLUICE_CLOSED';
      expect(error).to.have.property('code', code);
    }
  });

  it('fails when other code ends the stream it writes to', async () => {
    for (const ended of [true, false]) {
      const sink = into();
      if (ended) sink.end();
      const run = pipeline(items(Infinity), sink);
      if (!ended) setImmediate(() => sink.end());
      const error = await rejection(run);
      expect(error)
        .to.have.property('code')
        .that.is.oneOf(['ERR_SLUICE_CLOSED', 'ERR_STREAM_WRITE_AFTER_END']);
    }
  });

  it('reads nothing of a stream that had ended before', async () => {
    const source = items(0);
    source.resume();
    await closed(source);
    expect(await pipeline(source, toArray())).to.deep.equal([]);
  });

  it('closes its source when a duplex stream wants no more', async () => {
    const source = items(Infinity);
    const some = Duplex.from(async function* (read: AsyncIterable<number>) {
      for await (const item of read) {
        yield item;
        if (item === 2) return;
      }
    });
    expect(await pipeline(source, some, toArray())).to.deep.equal([0, 1, 2]);
    expect([source.closed, some.closed]).to.deep.equal([true, true]);
  });

  it('reads a duplex stream to its end and leaves its other side open', async () => {
    const written: unknown[] = [];
    const duplex = new Duplex({
      objectMode: true,
      read: () => {},
      write: (item, _, callback) => {
        written.push(item);
        callback();
      },
    });
    duplex.push('question');
    duplex.push(null);
    expect(await pipeline(duplex, toArray())).to.deep.equal(['question']);
    await pipeline(['answer'], duplex);
    expect(written).to.deep.equal(['answer']);
    expect(duplex.closed).to.equal(true);
  });

  it('writes to the stream it reads from', async () => {
    const written: unknown[] = [];
    const echo = new Duplex({
      objectMode: true,
      read: () => {},
      write: (item, _, callback) => {
        written.push(item);
        callback();
      },
    });
    for (const item of ['a', 'b', null]) echo.push(item);
    await pipeline(
      echo,
      map((text: string) => text.toUpperCase()),
      echo,
    );
    expect(written).to.deep.equal(['A', 'B']);
    expect(echo.closed).to.equal(true);
  });

  it('settles with streams that never say that they have closed', async () => {
    const quiet = { objectMode: true, emitClose: false } as const;
    const source = new Readable({ ...quiet, read: () => {} });
    source.push(1);
    const sink = new Writable({ ...quiet, write: () => {} });
    expect(await rejection(pipeline(source, fails(), sink))).to.include({ cause });
    expect([source.destroyed, sink.destroyed]).to.deep.equal([true, true]);
  });

  it('never asks more of a source than a stalled sink takes', async () => {
    let made = 0;
    const source = new Readable({
      objectMode: true,
      read() {
        made += 1;
        this.push(made);
      },
    });
    const sink = new Writable({ objectMode: true, highWaterMark: 4, write: () => {} });
    const controller = new AbortController();
    const run = pipeline(source, sink, { signal: controller.signal });
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(made).to.be.at.most(2 * source.readableHighWaterMark + sink.writableHighWaterMark);
    controller.abort();
    await rejection(run);
  });
});

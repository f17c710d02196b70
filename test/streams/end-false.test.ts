import { Writable } from 'node:stream';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Sink } from '../../lib/streams/sink.js';
import { listeners } from '../helpers/listeners.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const reason = new Error('that is enough');

describe('end: false', () => {
  noUnhandled();

  /** Notes what is written to it, slowly. */
  const slow = (got: unknown[], objectMode = true) =>
    new Writable({
      objectMode,
      write: (item, _, callback) => {
        got.push(objectMode ? item : item.toString());
        setImmediate(callback);
      },
    });

  for (const objectMode of [true, false]) {
    it(`leaves the stream open, once it has taken everything (objectMode: ${objectMode})`, async () => {
      const got: unknown[] = [];
      const sink = slow(got, objectMode);
      const before = listeners(sink);
      await pipeline(['a', 'b', 'c'], sink, { end: false });
      expect(got).to.deep.equal(['a', 'b', 'c']);
      expect(sink).to.include({ writableEnded: false, destroyed: false, writableLength: 0 });
      expect(listeners(sink)).to.deep.equal(before);
      await pipeline(['d'], sink);
      expect(got).to.deep.equal(['a', 'b', 'c', 'd']);
      expect(sink.writableFinished).to.equal(true);
    });
  }

  it('leaves the stream open when the run fails', async () => {
    const sink = slow([]);
    const fails = map(() => {
      throw reason;
    });
    expect(await rejection(pipeline(['a'], fails, sink, { end: false }))).to.include({
      cause: reason,
    });
    expect(sink.destroyed).to.equal(false);
  });

  for (const [how, touch] of [
    ['untouched', () => {}],
    ['in use', (sink: Sink<number, number[]>) => void sink.on('finish', () => {})],
  ] as const) {
    it(`leaves a sink that is ${how} open, and its result pending until it is ended`, async () => {
      const sink = toArray<number>();
      touch(sink);
      expect(await pipeline([1, 2], sink, { end: false })).to.equal(undefined);
      expect(await pipeline([3], sink, { end: false })).to.equal(undefined);
      expect(sink).to.include({ writableEnded: false, destroyed: false });
      sink.end(4);
      expect(await sink.result()).to.deep.equal([1, 2, 3, 4]);
    });
  }

  it('refuses a sink that is part of another run', async () => {
    const sink = toArray<number>();
    await pipeline([1], sink);
    const error = await rejection(pipeline([2], sink, { end: false }));
    expect(error).to.have.property('code', 'ERR_SLUICE_USED');
  });
});

import { getEventListeners } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import { expect } from 'chai';
import {
  batch,
  broadcast,
  drain,
  map,
  merge,
  pipeline,
  push,
  take,
  tee,
  zip,
} from '../../lib/index.js';
import { Folder } from '../helpers/folder.js';
import { gone } from '../helpers/gone.js';
import { listeners } from '../helpers/listeners.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { openFiles } from '../helpers/open-files.js';

const SIZE = 400_000;
const cause = new Error('on purpose');

describe('trap: a leak', () => {
  noUnhandled();
  const folder = new Folder();
  const path = (name: string) => join(folder.path, name);

  /** What a stage between the files does when the fifth chunk comes. */
  const happenings = {
    'it ends with its source': () => ({}),
    'a stage has enough': () => ({ stage: take<Buffer>(5) }),
    'a stage fails': () => ({
      stage: act(() => {
        throw cause;
      }),
    }),
    'a stage of the user fails': () => ({
      stage: new Transform({ transform: (_chunk, _encoding, done) => done(cause) }),
    }),
    'a stage of the user is destroyed': () => {
      const stage = new Transform({
        transform: (chunk, _encoding, done) => {
          stage.destroy();
          done(null, chunk);
        },
      });
      return { stage };
    },
    'it is aborted': () => {
      const controller = new AbortController();
      return { stage: act(() => controller.abort()), signal: controller.signal };
    },
    'it is aborted before it starts': () => ({ signal: AbortSignal.abort() }),
    'it is stopped': () => {
      const controller = new AbortController();
      return { stage: act(() => controller.abort()), stop: controller.signal };
    },
  };
  const act = (fn: () => void) => {
    let chunks = 0;
    return map((chunk: Buffer) => {
      chunks += 1;
      if (chunks === 5) fn();
      return chunk;
    });
  };
  type Happening = {
    readonly stage?: Transform;
    readonly signal?: AbortSignal;
    readonly stop?: AbortSignal;
  };

  for (const [when, happen] of Object.entries<() => Happening>(happenings)) {
    it(`is nowhere when ${when}: no open descriptor, no listener, nothing left to run`, async () => {
      folder.write('in.txt', Buffer.alloc(SIZE, 'x'));
      folder.write('beside.txt', Buffer.alloc(SIZE, 'y'));
      const inputs = ['in.txt', 'beside.txt'].map((name) =>
        createReadStream(path(name), { highWaterMark: 4096 }),
      );
      const outputs = ['out.gz', 'copy.gz'].map((name) => createWriteStream(path(name)));
      const gzip = createGzip();
      const streams = [...inputs, gzip, ...outputs];
      const before = streams.map(listeners);
      const signals = [new AbortController().signal, new AbortController().signal] as const;
      const { stage = batch(1), signal = signals[0], stop = signals[1] } = happen();
      const [left, right] = tee(merge(...inputs));
      const source = zip(left, right);
      const parts = [
        source,
        map((row: unknown) => (row as unknown[])[0]),
        stage,
        map(String),
        gzip,
      ] as const;
      const run = (pipeline as (...all: unknown[]) => Promise<unknown>)(
        ...parts,
        broadcast(outputs[0] as never, outputs[1] as never),
        { signal, stop },
      );
      await run.catch(() => {});
      for (const [at, stream] of streams.entries()) {
        expect(stream.closed, `stream ${at} is closed`).to.equal(true);
        // Those that Node itself puts there while a stream opens are gone; none are added.
        for (const [event, count] of Object.entries(listeners(stream)))
          expect(count, `${event} of stream ${at}`).to.be.at.most(before[at]?.[event] ?? 0);
      }
      for (const each of [signal, stop]) expect(getEventListeners(each, 'abort')).to.deep.equal([]);
      for (const name of ['in.txt', 'beside.txt']) expect(await openFiles(path(name))).to.equal(0);
    });
  }

  it('is not on one signal that many runs share, which has one listener for all of them', async () => {
    const { signal } = new AbortController();
    const runs = Array.from({ length: 20 }, (_, at) =>
      pipeline([1, 2, 3], take(1 + at), drain(), { signal, stop: signal }),
    );
    expect(getEventListeners(signal, 'abort')).to.have.lengthOf(1);
    await Promise.all(runs);
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });

  it('is not in a producer that fails, or is destroyed', async () => {
    for (const end of ['fail', 'destroy', 'close'] as const) {
      const out = createWriteStream(path(`${end}.txt`));
      const before = listeners(out);
      const producer = push(
        map((x: number) => {
          if (end === 'fail' && x === 2) throw cause;
          return String(x);
        }),
        out,
      );
      await producer.send(1);
      const last = producer.send(2).catch(() => {});
      if (end === 'destroy') producer.destroy();
      else await producer.close().catch(() => {});
      await last;
      await Promise.all([gone(out), gone(producer)]);
      for (const [event, count] of Object.entries(listeners(out)))
        expect(count, event).to.be.at.most(before[event] ?? 0);
      expect(out.destroyed).to.equal(true);
    }
  });
});

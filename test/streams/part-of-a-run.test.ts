import { once } from 'node:events';
import { Readable, Transform, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { drain, from, map, pipeline, toArray, zip } from '../../lib/index.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

const cause = new Error('destroyed on purpose');

/** One item for each turn of the event loop, without end. */
async function* endless(): AsyncGenerator<number> {
  for (let x = 0; ; x += 1) {
    await turn();
    yield x;
  }
}

const PLACES = ['source', 'stage', 'sink'] as const;
const parts = () => ({ source: from(endless), stage: map((x: number) => x), sink: drain() });

describe('a stream of ours that is part of a run', () => {
  noUnhandled();

  for (const place of PLACES) {
    it(`fails the run when it is destroyed with an error: the ${place}`, async () => {
      const all = parts();
      const run = pipeline(all.source, all.stage, all.sink);
      await turn();
      all[place].destroy(cause);
      expect(await rejection(run)).to.equal(cause);
      for (const part of PLACES) expect(all[part].closed, part).to.equal(true);
    });

    it(`fails the run when it is destroyed without one: the ${place}`, async () => {
      const all = parts();
      const run = pipeline(all.source, all.stage, all.sink);
      await turn();
      all[place].destroy();
      expect(await rejection(run)).to.have.property('code', 'ERR_SLUICE_CLOSED');
    });

    it(`is refused with its error when it was destroyed before: the ${place}`, async () => {
      const all = parts();
      all[place].destroy(cause);
      const run = pipeline(all.source, all.stage, all.sink);
      expect(await rejection(run)).to.equal(cause);
    });

    it(`is refused as closed when it was destroyed before without one: the ${place}`, async () => {
      const all = parts();
      all[place].destroy();
      const run = pipeline(all.source, all.stage, all.sink);
      expect(await rejection(run)).to.have.property('code', 'ERR_SLUICE_CLOSED');
    });

    it(`stays open until the run is over: the ${place}`, async () => {
      const all = { ...parts(), source: from([1, 2]) };
      const run = pipeline(all.source, all.stage, all.sink);
      expect(all[place].destroyed).to.equal(false);
      await run;
      expect(all[place].closed).to.equal(true);
    });
  }

  it('fails the run of the junction that it was given to, even if it was destroyed before that ran', async () => {
    const inner = from([1]);
    const zipped = zip(inner, from([2]));
    inner.destroy(cause);
    expect(await rejection(pipeline(zipped, toArray()))).to.equal(cause);
  });
});

describe('a callback of a stage', () => {
  it('that throws while a data listener writes to the stage is an error of the stage', async () => {
    const stage = map((x: number) => {
      if (x === 2) throw cause;
      return x;
    });
    const failed = once(stage, 'error');
    stage.resume();
    Readable.from([1, 2, 3]).on('data', (x: number) => stage.write(x));
    const [error] = await failed;
    expect(error).to.include({ name: 'StageError', cause, item: 2 });
  });
});

describe('a stream of the user in a failing run', () => {
  noUnhandled();

  it('gets the error of the run in its _destroy', async () => {
    const given: unknown[] = [];
    const destroy = (error: Error | null, done: (error: Error | null) => void) => {
      given.push(error);
      done(error);
    };
    const read = new Readable({ objectMode: true, read: () => void read.push(1), destroy });
    const through = new Transform({
      objectMode: true,
      transform: (x, _, done) => done(null, x),
      destroy,
    });
    const write = new Writable({
      objectMode: true,
      write: (_, __, done) => setImmediate(done),
      destroy,
    });
    const fails = map(() => {
      throw cause;
    });
    const error = await rejection(pipeline(read, through, fails, write));
    expect(error).to.have.property('cause', cause);
    expect(given).to.deep.equal([error, error, error]);
  });
});

describe('what is read', () => {
  for (const [form, source] of Object.entries({
    'an iterable': (read: () => void) => ({
      *[Symbol.iterator]() {
        read();
        yield 1;
      },
    }),
    'a generator function': (read: () => void) =>
      function* () {
        read();
        yield 1;
      },
    'a stream of the user': (read: () => void) =>
      new Readable({
        objectMode: true,
        read() {
          read();
          this.push(null);
        },
      }),
  })) {
    it(`is nothing of ${form} before the call has returned, or if the sink never asks`, async () => {
      let reads = 0;
      const read = () => {
        reads += 1;
      };
      const made = () => source(read) as Iterable<unknown>;
      const run = pipeline(made(), drain());
      expect(reads).to.equal(0);
      await run;
      expect(reads).to.be.above(0);
      reads = 0;
      await pipeline(made(), async () => {});
      expect(reads).to.equal(0);
    });
  }
});

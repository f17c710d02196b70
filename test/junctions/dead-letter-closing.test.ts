import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  compose,
  type DeadLetter,
  deadLetter,
  type FailedItem,
  first,
  forEach,
  map,
  pipeline,
  StageError,
  toArray,
  UsedError,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { even, noting } from '../helpers/letters.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

describe('deadLetter, when the run is over,', () => {
  noUnhandled();

  it('has the run settle after every record is written and the sink is closed', async () => {
    const log: unknown[] = [];
    const stream = new Writable({
      objectMode: true,
      write: (record, _encoding, done) => {
        setImmediate(() => {
          log.push(record.item);
          done();
        });
      },
      final: (done) => {
        setImmediate(() => {
          log.push('end');
          done();
        });
      },
    });
    await pipeline([1, 3, 5], map(even, { onError: deadLetter(stream) }), toArray());
    expect(log).to.deep.equal([1, 3, 5, 'end']);
    expect(stream.closed).to.equal(true);
  });

  it('is refused by whatever is given it afterwards, which would lose its records', async () => {
    const cause = new Error('on purpose');
    const rejects = () => Promise.reject(cause);
    for (const run of [
      (onError: DeadLetter) => pipeline([1], map(even, { onError }), toArray()),
      (onError: DeadLetter) => rejection(pipeline([1], map(even, { onError }), rejects)),
    ]) {
      const onError = deadLetter(noting().sink);
      await run(onError);
      expect(() => map(even, { onError })).to.throw(UsedError, /^deadLetter is already part/);
    }
  });

  it('is ended also where nothing has failed', async () => {
    const stream = new Writable({ objectMode: true, write: (_x, _e, done) => done() });
    await pipeline([2], map(even, { onError: deadLetter(stream) }), toArray());
    expect([stream.writableFinished, stream.closed]).to.deep.equal([true, true]);
  });

  it('still writes everything, its signal not aborted, when the run ends early', async () => {
    const aborted: boolean[] = [];
    const sink = forEach(async (_: FailedItem<number>, { signal }) => {
      await turn();
      aborted.push(signal.aborted);
    });
    const counted = new Counted();
    const stage = map(even, { onError: deadLetter(sink) });
    const items = compose(counted.items(), stage);
    const read: unknown[] = [];
    for await (const item of items) if (read.push(item) === 3) break;
    await quiet(() => aborted.length);
    expect(aborted.length).to.be.at.least(2);
    expect(new Set(aborted)).to.deep.equal(new Set([false]));
    const { items: noted, sink: slow } = noting(() => turn());
    const early = map(even, { onError: deadLetter(slow) });
    expect(await pipeline([1, 3, 4, 5], early, first<number>())).to.equal(4);
    expect(noted).to.deep.equal([1, 3]);
  });

  it('fails the run, naming itself, when its sink fails', async () => {
    const broken = new Error('disk full');
    const sink = compose(
      map(function shape({ item }: FailedItem<number>) {
        if (item === 1) throw broken;
        return item;
      }),
      forEach(function write(item) {
        if (item === 3) throw broken;
      }),
    );
    const other = compose(
      map(({ item }: FailedItem<number>) => item),
      forEach(function write(item: number) {
        if (item === 3) throw broken;
      }),
    );
    const counted = new Counted();
    const error = await rejection(
      pipeline(counted.later(), map(even, { onError: deadLetter(sink) }), toArray()),
    );
    expect(error).to.be.instanceOf(StageError).with.property('cause', broken);
    expect(error).to.have.nested.property('stage.name', 'map(shape)');
    expect(counted.closed).to.equal(true);
    const second = await rejection(
      pipeline([3], map(even, { onError: deadLetter(other) }), toArray()),
    );
    expect(second).to.have.nested.property('stage.name', 'forEach(write)');
  });

  it('fails the run with the error of a stream as it is, also at its end', async () => {
    const code = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const writing = new Writable({ objectMode: true, write: (_x, _e, done) => done(code) });
    const ending = new Writable({
      objectMode: true,
      write: (_x, _e, done) => done(),
      final: (done) => done(code),
    });
    for (const stream of [writing, ending]) {
      const stage = map(even, { onError: deadLetter(stream) });
      expect(await rejection(pipeline([1, 2], stage, toArray()))).to.equal(code);
      expect(stream.closed).to.equal(true);
    }
  });

  it('is destroyed, with the error, when the run fails or is aborted', async () => {
    const stuck = () => new Writable({ objectMode: true, highWaterMark: 1, write: () => {} });
    const failing = stuck();
    const broken = (x: number) => {
      if (x === 2) throw new Error('broken on purpose');
    };
    const error = await rejection(
      pipeline([1, 2], map(even, { onError: deadLetter(failing) }), forEach(broken)),
    );
    expect(error).to.have.nested.property('stage.name', 'forEach(broken)');
    expect([failing.closed, failing.errored]).to.deep.equal([true, error]);

    const aborted = stuck();
    const controller = new AbortController();
    const run = rejection(
      pipeline(new Counted().later(), map(even, { onError: deadLetter(aborted) }), toArray(), {
        signal: controller.signal,
      }),
    );
    await quiet(() => aborted.writableLength);
    controller.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(aborted.closed).to.equal(true);
  });

  it('drops what comes after its sink has ended early', async () => {
    const stage = map(even, { onError: deadLetter(first<FailedItem<number>>(), { buffer: 1 }) });
    expect(await pipeline([1, 3, 5, 7, 2], stage, toArray())).to.deep.equal([2]);
  });
});

import { Duplex, PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { concat, count, flatMap, merge, pipeline, take, toArray } from '../../../lib/index.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection } from '../../helpers/rejection.js';
import { ticksMade } from '../../helpers/ticks-made.js';

const ITEMS = 5000;
/** Enough for what is scheduled per run, not per item. */
const FEW = 500;

const cause = new Error('on purpose');

/** Gives `items` numbers and ends, and can't be closed. */
const stuck = (items: number) => {
  let given = 0;
  return new Readable({
    objectMode: true,
    read() {
      this.push(given === items ? null : given);
      given += 1;
    },
    destroy: (_, done) => setImmediate(done, cause),
  });
};

describe('a readable stream of the user', () => {
  noUnhandled();

  it('that makes its items synchronously is read without a tick for each', async () => {
    let made = 0;
    const stream = new Readable({
      objectMode: true,
      read() {
        made += 1;
        this.push(made > ITEMS ? null : made);
      },
    });
    const run = async () => expect(await pipeline(stream, count())).to.equal(ITEMS);
    expect(await ticksMade(run)).to.be.below(FEW);
  });

  it('that has a pipe which can not be set is piped', async () => {
    const stream = Readable.from([1, 2, 3]);
    Object.defineProperty(stream, 'pipe', { value: stream.pipe, writable: false });
    expect(await pipeline(stream, count())).to.equal(3);
  });

  it('that fails to close after its end fails the run', async () => {
    expect(await rejection(pipeline(stuck(3), count()))).to.equal(cause);
  });

  it('that fails to close after an early end fails the run', async () => {
    expect(await rejection(pipeline(stuck(30), take(3), count()))).to.equal(cause);
  });

  it('that fails to close long before the run ends fails it', async () => {
    const second = new PassThrough({ objectMode: true });
    expect(await rejection(pipeline(concat(stuck(3), second), count()))).to.equal(cause);
    expect(second.destroyed).to.equal(true);
  });

  it('that fails to close is told when another source has failed, too', async () => {
    const other = new Error('first');
    const failing = new Readable({ objectMode: true, read: () => failing.destroy(other) });
    const error = (await rejection(pipeline(merge(failing, stuck(30)), count()))) as Error;
    expect(error).to.equal(other);
    expect((error as { suppressed?: unknown }).suppressed).to.deep.equal([cause]);
  });

  it('that fails to close is told when the run is aborted a tick before it says so', async () => {
    let close = () => {};
    const stream = new Readable({
      objectMode: true,
      read: () => {},
      destroy: (error, done) => {
        close = () => done(error);
      },
    });
    const aborting = new AbortController();
    const run = rejection(pipeline(stream, count(), { signal: aborting.signal }));
    stream.destroy(cause);
    await turn();
    close();
    aborting.abort();
    const error = (await run) as { code?: unknown; suppressed?: unknown };
    expect([error.code, error.suppressed]).to.deep.equal(['ABORT_ERR', [cause]]);
  });

  it('that flatMap reads and that fails to close fails the stage', async () => {
    const error = (await rejection(
      pipeline(
        [1],
        flatMap(() => stuck(3)),
        toArray(),
      ),
    )) as Error;
    expect(error.cause).to.equal(cause);
  });

  it('that stands in the middle and fails to close fails the run', async () => {
    const middle = () => new PassThrough({ objectMode: true, destroy: (_, done) => done(cause) });
    expect(await rejection(pipeline([1, 2, 3], middle(), count()))).to.equal(cause);
    expect(await rejection(pipeline([1, 2, 3], middle(), take(1), count()))).to.equal(cause);
  });

  it('that takes an early end for a failure of its own does not fail the run', async () => {
    const duplex = Duplex.from(async function* (items: AsyncIterable<number>) {
      yield* items;
    });
    expect(await pipeline([1, 2, 3], duplex, take(1), toArray())).to.deep.equal([1]);
  });
});

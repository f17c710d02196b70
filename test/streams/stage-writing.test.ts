import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import type { Stage } from '../../lib/streams/stage.js';
import { closed } from '../helpers/closed.js';
import { Life } from '../helpers/life.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';

const MANY = 300_000;
const cause = new Error('broken on purpose');

/** Writes until the stream says that it is full, and says how many items it has taken. */
function fill(stage: Stage<number, unknown>, most: number): number {
  for (let item = 0; item < most; item += 1) if (!stage.write(item)) return item + 1;
  return most;
}

describe('writing to a Stage', () => {
  noUnhandled();

  it('says false when its reader has stalled, after a bounded number of items', async () => {
    let worked = 0;
    const stage = tap<number>(() => {
      worked += 1;
    });
    stage.on('readable', () => {});
    const { readableHighWaterMark, writableHighWaterMark } = stage;
    const most = readableHighWaterMark + writableHighWaterMark;
    expect(fill(stage, 1000)).to.be.at.most(most);
    await quiet(() => worked);
    expect(worked).to.be.at.most(most);
    stage.destroy();
  });

  it('takes a bounded number of items from a writer who waits for drain', async () => {
    const stage = tap<number>(() => {});
    let written = 0;
    const more = (): void => {
      written += fill(stage, 1000);
    };
    stage.on('drain', more);
    more();
    await quiet(() => written);
    expect(stage.writableNeedDrain).to.equal(true);
    expect(written).to.be.at.most(2 * (stage.readableHighWaterMark + stage.writableHighWaterMark));
    stage.destroy();
  });

  it('goes on with drain when the reader reads', async () => {
    const stage = map((x: number) => x);
    const items: number[] = [];
    fill(stage, 1000);
    stage.on('data', (item) => items.push(item));
    await once(stage, 'drain');
    expect(items).to.include(0);
    stage.end();
    await once(stage, 'end');
    expect(items).to.deep.equal(items.map((_, at) => at));
  });

  it(`loses none of ${MANY} items of a writer who does not wait`, async () => {
    const stage = map((x: number) => x);
    for (let item = 0; item < MANY; item += 1) stage.write(item);
    stage.end();
    let next = 0;
    for await (const item of stage) {
      if (item !== next) expect.fail(`${item} instead of ${next}`);
      next += 1;
    }
    expect(next).to.equal(MANY);
  });

  it('calls back for each item, in order, once it has been worked on', async () => {
    const log: string[] = [];
    const stage = map(async (x: number) => {
      await turn();
      log.push(`worked on ${x}`);
      return x;
    });
    stage.resume();
    const written = (x: number) => () => log.push(`written ${x}`);
    stage.write(1, written(1));
    stage.write(2, written(2));
    stage.end(3, () => log.push('finished'));
    await once(stage, 'close');
    for (const x of [1, 2])
      expect(log.indexOf(`written ${x}`)).to.be.above(log.indexOf(`worked on ${x}`));
    expect(log.indexOf('written 1')).to.be.below(log.indexOf('written 2'));
    expect(log.at(-1)).to.equal('finished');
    expect(log).to.have.length(6);
  });

  it('holds what is written while it is corked, and lets it all go at uncork', async () => {
    const stage = map((x: number) => x);
    const items: number[] = [];
    stage.on('data', (item) => items.push(item));
    stage.cork();
    for (const item of [1, 2, 3]) stage.write(item);
    await quiet(() => items.length);
    expect(items).to.deep.equal([]);
    stage.uncork();
    await quiet(() => items.length);
    expect(items).to.deep.equal([1, 2, 3]);
    stage.destroy();
  });

  it('may be done from its own data event', async () => {
    const stage = map((x: number) => x);
    const items: number[] = [];
    stage.on('data', (item: number) => {
      items.push(item);
      if (item < 5) stage.write(item + 1);
      else stage.end();
    });
    stage.write(0);
    await once(stage, 'end');
    expect(items).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('may be done from its own callback', async () => {
    const stage = map((x: number) => {
      if (x < 3) stage.write(x + 1);
      else stage.end();
      return x;
    });
    stage.write(0);
    const items = await (stage as Stage<number, number>).toArray();
    expect(items).to.deep.equal([0, 1, 2, 3]);
  });

  it('after its end is refused as by any stream', async () => {
    const stage = map((x: number) => x);
    const life = new Life(stage);
    stage.end();
    stage.write(1);
    stage.resume();
    await closed(stage);
    expect(life.errors).to.have.length(1);
    expect(life.errors[0]).to.have.property('code', 'ERR_STREAM_WRITE_AFTER_END');
  });

  it('which has ended early is taken and dropped, so that a writer is not stuck', async () => {
    const stage = take<number>(2);
    const items: number[] = [];
    stage.on('data', (item) => items.push(item));
    for (let item = 0; item < 100; item += 1) if (!stage.write(item)) await once(stage, 'drain');
    stage.end();
    await once(stage, 'close');
    expect(items).to.deep.equal([0, 1]);
  });

  it('calls back with the error for the item that fails', async () => {
    const stage = map(async () => {
      throw cause;
    });
    const life = new Life(stage);
    const errors: unknown[] = [];
    stage.resume();
    stage.write(1, (error) => errors.push(error));
    await closed(stage);
    expect(errors[0]).to.include({ name: 'StageError', cause });
    expect(errors).to.deep.equal(life.errors);
  });

  describe('that is destroyed mid-way', () => {
    it('calls back for all that was written, with an error for what it has not begun', async () => {
      const stage = map(() => new Promise<number>(() => {}));
      const errors: unknown[] = [];
      stage.resume();
      for (const item of [1, 2, 3]) stage.write(item, (error) => errors.push(error));
      await turn();
      stage.destroy();
      await closed(stage);
      expect(errors.map((error) => (error as NodeJS.ErrnoException)?.code)).to.deep.equal([
        undefined,
        'ERR_STREAM_DESTROYED',
        'ERR_STREAM_DESTROYED',
      ]);
    });

    it('aborts the signal of its callbacks, and drops what they answer then', async () => {
      const answer = new Deferred<number>();
      let signal: AbortSignal | undefined;
      const stage = map((_: number, context) => {
        signal = context.signal;
        return answer.promise;
      });
      const life = new Life(stage);
      const items: unknown[] = [];
      stage.on('data', (item) => items.push(item));
      stage.write(1);
      await turn();
      stage.destroy(cause);
      await closed(stage);
      expect(signal).to.include({ aborted: true, reason: cause });
      answer.resolve(1);
      await turn();
      expect(items).to.deep.equal([]);
      expect({ ...life }).to.deep.equal({ closes: 1, errors: [cause] });
    });

    it('does not report a rejection that comes then', async () => {
      const answer = new Deferred<number>();
      const stage = map(() => answer.promise);
      const life = new Life(stage);
      stage.resume();
      stage.write(1);
      await turn();
      stage.destroy();
      await closed(stage);
      answer.reject(cause);
      await turn();
      expect({ ...life }).to.deep.equal({ closes: 1, errors: [] });
    });
  });

  it('does not abort the signal of callbacks when it has just finished', async () => {
    let signal: AbortSignal | undefined;
    const stage = map((x: number, context) => {
      signal = context.signal;
      return x;
    });
    stage.resume();
    stage.end(1);
    await once(stage, 'close');
    expect(signal?.aborted).to.equal(false);
  });
});

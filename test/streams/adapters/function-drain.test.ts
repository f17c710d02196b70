import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { ArgumentError } from '../../../lib/core/base/errors.js';
import type { Context } from '../../../lib/core/protocol/context.js';
import { map } from '../../../lib/operators/map.js';
import { range } from '../../../lib/sources/range.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { Counted } from '../../helpers/counted.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';

const cause = new Error('broken on purpose');

async function* failing(): AsyncGenerator<number, void> {
  yield 1;
  await turn();
  throw cause;
}

describe('an async function as the sink', () => {
  noUnhandled();

  it('reads the items, gets { signal }, and its answer is the result', async () => {
    const sum = async (items: AsyncIterable<number>, { signal }: Context) => {
      let total = 0;
      for await (const item of items) total += item;
      return { total, aborted: signal.aborted };
    };
    const result = await pipeline(
      range(0, 4),
      map((x) => x * 2),
      sum,
    );
    expect(result).to.deep.equal({ total: 12, aborted: false });
  });

  it('sets the pace: at most one item is made ahead of it', async () => {
    const counted = new Counted();
    const ahead: number[] = [];
    await pipeline(counted.items(), async (items) => {
      let read = 0;
      for await (const _ of items) {
        read += 1;
        await turn();
        ahead.push(counted.asked - read);
        if (read === 5) return;
      }
    });
    expect(Math.max(...ahead)).to.be.at.most(1);
  });

  it('that stops reading ends the run, with its answer, and closes the source', async () => {
    const counted = new Counted();
    const some = async (items: AsyncIterable<number>) => {
      for await (const item of items) if (item === 2) break;
      await turn();
      return 'enough';
    };
    expect(await pipeline(counted.later(), some)).to.equal('enough');
    expect(counted.closed).to.equal(true);
  });

  it('that reads nothing ends the run', async () => {
    const counted = new Counted();
    expect(await pipeline(counted.later(), async () => 'done')).to.equal('done');
    expect(counted.asked).to.be.at.most(1);
  });

  it('may read with next() by hand, and ask ahead', async () => {
    const pairs = async (items: AsyncIterable<number>) => {
      const iterator = items[Symbol.asyncIterator]();
      return Promise.all([iterator.next(), iterator.next(), iterator.next()]);
    };
    expect(await pipeline([1, 2], pairs)).to.deep.equal([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
    ]);
  });

  for (const [when, fn] of Object.entries({
    'at once': async () => Promise.reject(cause),
    'in the middle': async (items: AsyncIterable<number>) => {
      for await (const item of items) if (item === 2) throw cause;
    },
    'after it has stopped reading': async (items: AsyncIterable<number>) => {
      for await (const _ of items) break;
      await turn();
      throw cause;
    },
  })) {
    it(`that rejects ${when} is named, and the source is closed`, async () => {
      const counted = new Counted();
      Object.defineProperty(fn, 'name', { value: 'store' });
      const error = await stageFailure(pipeline(counted.later(), fn));
      expect(error.stage).to.deep.equal({ name: 'store', position: 1 });
      expect(error).to.include({ cause }).and.not.have.property('suppressed');
      expect(counted.closed).to.equal(counted.asked > 0);
    });
  }

  it('that rejects at the end of its items is named once', async () => {
    const error = await stageFailure(
      pipeline([1, 2], async (items) => {
        for await (const _ of items);
        throw cause;
      }),
    );
    expect(error).to.include({ cause }).and.not.have.property('suppressed');
  });

  it('sees the failure of its input rather than its end, and its clean-up is awaited', async () => {
    const log: unknown[] = [];
    const store = async (items: AsyncIterable<number>) => {
      try {
        for await (const _ of items);
        log.push('ended');
      } catch (error) {
        log.push(error);
        throw error;
      } finally {
        await turn();
        log.push('cleaned up');
      }
    };
    const error = await stageFailure(pipeline(failing, store));
    expect(error.stage.name).to.equal('failing');
    expect(log).to.deep.equal([error, 'cleaned up']);
    expect(error).to.not.have.property('suppressed');
  });

  it('that is an async generator is run to its end, and what it yields is dropped', async () => {
    const log: unknown[] = [];
    const saving = async function* (items: AsyncIterable<unknown>) {
      for await (const item of items) {
        log.push(item);
        yield item;
      }
      log.push('end');
    };
    const count = 100;
    const parts: unknown[] = [range(0, count), saving];
    expect(await pipeline(parts)).to.equal(undefined);
    expect(log).to.have.length(count + 1);
    expect(log.at(-1)).to.equal('end');
  });

  for (const [what, fn] of Object.entries({
    'an iterable': () => [1],
    nothing: () => {},
  })) {
    it(`that answers ${what} is refused, and the source is closed`, async () => {
      const counted = new Counted();
      const error = await rejection(pipeline(counted.later(), fn as never));
      expect(error).to.be.instanceOf(ArgumentError);
      expect((error as Error).message).to.match(/must return a promise; to be a stage/);
      expect(counted.asked).to.equal(0);
    });
  }

  it('that throws rather than rejects is named too', async () => {
    const store = (): Promise<void> => {
      throw cause;
    };
    const error = await stageFailure(pipeline([1], store));
    expect(error.stage.name).to.equal('store');
  });
});

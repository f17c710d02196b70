import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../../lib/core/base/deferred.js';
import { AbortError } from '../../../lib/core/base/errors.js';
import { END, WAIT } from '../../../lib/core/protocol/pull.js';
import { pullFrom } from '../../../lib/core/pulls/iterable-pull.js';
import { take } from '../../../lib/operators/take.js';
import { drain } from '../../../lib/sinks/drain.js';
import { toArray } from '../../../lib/sinks/to-array.js';
import { pipeline } from '../../../lib/streams/pipeline.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { quiet } from '../../helpers/quiet.js';
import { RecordingHost } from '../../helpers/recording-host.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';

const cause = new Error('broken on purpose');

describe('pullFrom', () => {
  noUnhandled();

  const iterables = {
    'an array': [1, undefined, 3],
    'a set': new Set([1, undefined, 3]),
    'a generator': (function* () {
      yield* [1, undefined, 3];
    })(),
  };
  for (const [what, items] of Object.entries(iterables)) {
    it(`gives the items of ${what} without waiting, then END for good`, () => {
      const host = new RecordingHost();
      const pull = pullFrom(items, host);
      const pulled = [1, 2, 3, 4, 5].map(() => pull.pull());
      expect(pulled).to.deep.equal([1, undefined, 3, END, END]);
      expect(host.told).to.deep.equal([]);
    });
  }

  it('waits for each item of an async iterable, asking for one at a time', async () => {
    const host = new RecordingHost();
    let asked = 0;
    const items = async function* () {
      for (;;) {
        asked += 1;
        yield asked;
      }
    };
    const pull = pullFrom(items(), host);
    expect([pull.pull(), pull.pull(), asked]).to.deep.equal([WAIT, WAIT, 1]);
    await turn();
    expect([pull.pull(), asked]).to.deep.equal([1, 1]);
    expect(host.told).to.deep.equal(['waiting', 'arrived', 'wake']);
  });

  for (const [what, items] of Object.entries({
    'an array': () => [Promise.resolve('later'), 'now'],
    'a set': () => new Set([Promise.resolve('later'), 'now']),
  })) {
    it(`waits for a promise among the items of ${what}`, async () => {
      const pull = pullFrom<unknown>(items(), new RecordingHost());
      expect(pull.pull()).to.equal(WAIT);
      await turn();
      expect([pull.pull(), pull.pull(), pull.pull()]).to.deep.equal(['later', 'now', END]);
    });
  }

  it('refuses an iterator that answers items as they are, which would never end', async () => {
    for (const next of [() => 5, async () => 5]) {
      const items = {
        [Symbol.asyncIterator]: () => ({ next }),
      } as unknown as AsyncIterable<number>;
      const error = await stageFailure(pipeline(items, drain()));
      expect(error).to.deep.include({ stage: { name: 'from', position: 0 } });
      expect(error.cause)
        .to.be.instanceOf(TypeError)
        .with.property('message')
        .that.includes('number');
    }
  });

  it('closes a generator one of whose items is a promise that rejects', async () => {
    let closed = false;
    const items = function* () {
      try {
        yield Promise.reject(cause);
      } finally {
        closed = true;
      }
    };
    const error = await stageFailure(pipeline(items, drain()));
    expect(error).to.include({ cause, index: 0 });
    expect(closed).to.equal(true);
  });

  it('does not call return() of an iterator that has ended or failed by itself', async () => {
    const iterators = {
      ended: () => ({ done: true, value: undefined }),
      failed: () => {
        throw cause;
      },
    };
    for (const next of Object.values(iterators)) {
      const iterator = { next, return: () => expect.fail('called return()') };
      const pull = pullFrom({ [Symbol.iterator]: () => iterator }, new RecordingHost());
      try {
        pull.pull();
      } catch (error) {
        expect(error).to.equal(cause);
      }
      await pull.close();
      expect(pull.pull()).to.equal(END);
    }
  });

  it('calls return() once, however often it is closed', async () => {
    let calls = 0;
    const iterator = {
      next: () => ({ done: false, value: 1 }),
      return: () => {
        calls += 1;
        return { done: true, value: undefined };
      },
    };
    const pull = pullFrom({ [Symbol.iterator]: () => iterator }, new RecordingHost());
    pull.pull();
    await pull.close();
    await pull.close();
    expect(calls).to.equal(1);
  });

  it('closes iterators that have no return()', async () => {
    const bare = { next: () => ({ done: false, value: 1 }) };
    const items = { [Symbol.iterator]: () => bare };
    expect(await pipeline(items, take(2), toArray())).to.deep.equal([1, 1]);
  });
});

describe('closing an async generator', () => {
  noUnhandled();

  it('waits for its finally, however long that takes', async () => {
    const cleanUp = new Deferred<void>();
    let began = false;
    const items = async function* () {
      try {
        for (;;) yield 1;
      } finally {
        began = true;
        await cleanUp.promise;
      }
    };
    let settled = false;
    const run = pipeline(items, take(1), toArray()).finally(() => {
      settled = true;
    });
    await quiet(() => began);
    expect({ began, settled }).to.deep.equal({ began: true, settled: false });
    cleanUp.resolve();
    expect(await run).to.deep.equal([1]);
  });

  it('does not wait for ever when it is stuck inside next()', async () => {
    const stuck = async function* () {
      yield 1;
      await new Promise(() => {});
    };
    const controller = new AbortController();
    const run = pipeline(stuck, drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    expect(await rejection(run)).to.be.instanceOf(AbortError);
  });

  it('waits for a generator inside next() that listens to the signal', async () => {
    const log: string[] = [];
    const listening = async function* ({ signal }: { signal: AbortSignal }) {
      try {
        yield 1;
        await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      } finally {
        await turn();
        log.push('cleaned up');
      }
    };
    const controller = new AbortController();
    const run = pipeline(listening, drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    await rejection(run);
    expect(log).to.deep.equal(['cleaned up']);
  });

  it('fails the run when its finally throws after an early end', async () => {
    const items = async function* () {
      try {
        for (;;) yield 1;
      } finally {
        await turn();
        await Promise.reject(cause);
      }
    };
    expect(await stageFailure(pipeline(items, take(1), toArray()))).to.include({ cause });
  });
});

import { expect } from 'chai';
import { Deferred } from '../../../lib/core/base/deferred.js';
import { StageError } from '../../../lib/core/base/errors.js';
import type { Host } from '../../../lib/core/protocol/host.js';
import { SKIP, WAIT } from '../../../lib/core/protocol/pull.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { quiet } from '../../helpers/quiet.js';
import { pullOf, TestLoop } from '../../helpers/test-loop.js';

const cause = new Error('broken on purpose');
const fails = (): never => {
  throw cause;
};

describe('Loop', () => {
  noUnhandled();

  it('moves nothing when it is opened, and everything there is when it is started', () => {
    const taken: unknown[] = [];
    const test = new TestLoop(() => pullOf([1, 2], () => WAIT), {
      take: (item) => void taken.push(item),
    });
    test.loop.open();
    expect(taken).to.deep.equal([]);
    test.loop.wake();
    expect(taken).to.deep.equal([1, 2]);
  });

  it('settles with the result of the drain, after its input is closed', async () => {
    const log: string[] = [];
    const source = { ...pullOf([1]), close: () => void log.push('input closed') };
    const test = new TestLoop(() => source, {
      end: async () => {
        log.push('end');
        return 'result';
      },
      close: () => void log.push('drain closed'),
    });
    test.loop.start();
    expect(await test.outcome).to.deep.equal({ kind: 'done', result: 'result' });
    expect(log).to.deep.equal(['input closed', 'end', 'drain closed']);
    expect(test.told).to.deep.equal(['done']);
    expect(test.loop.settled).to.equal(true);
  });

  it('asks done before each item, and pulls no more after it', async () => {
    let asked = 0;
    const source = pullOf([], () => {
      asked += 1;
      return asked;
    });
    const taken: unknown[] = [];
    const test = new TestLoop(() => source, {
      take: (item) => void taken.push(item),
      done: () => taken.length === 3,
      end: () => taken,
    });
    test.loop.start();
    expect(await test.outcome).to.deep.equal({ kind: 'done', result: [1, 2, 3] });
    expect(asked).to.equal(3);
    expect(test.told).to.deep.equal(['ended early', 'done']);
  });

  for (const answer of ['WAIT', 'a promise'] as const) {
    it(`gives the drain nothing between an answer of ${answer} and its end`, async () => {
      const taken: unknown[] = [];
      const { promise, resolve } = new Deferred<void>();
      const test = new TestLoop(() => pullOf([1, 2, 3]), {
        take: (item) => {
          taken.push(item);
          if (item !== 2) return SKIP;
          return answer === 'WAIT' ? WAIT : promise;
        },
      });
      test.loop.start();
      test.loop.wake();
      await quiet(() => taken.length);
      expect(taken).to.deep.equal([1, 2]);
      resolve();
      if (answer === 'WAIT') test.loop.unblock();
      await test.outcome;
      expect(taken).to.deep.equal([1, 2, 3]);
    });
  }

  it('moves on when it is woken from within, after the item in hand', async () => {
    const taken: unknown[] = [];
    let late: unknown[] = [];
    const test = new TestLoop(() => pullOf([1], () => late.shift() ?? WAIT), {
      take: (item) => {
        taken.push(item);
        if (item === 1) {
          late = [2];
          test.loop.wake();
          expect(taken).to.deep.equal([1]);
        }
      },
    });
    test.loop.start();
    expect(taken).to.deep.equal([1, 2]);
    await test.loop.cancel();
  });

  it('names the drain whose take fails, and the item in hand', async () => {
    const test = new TestLoop(() => pullOf(['a', 'b']), {
      take: (item) => (item === 'b' ? fails() : SKIP),
    });
    test.loop.start();
    const outcome = await test.outcome;
    const error = outcome.kind === 'failed' ? outcome.error : undefined;
    expect(error).to.be.instanceOf(StageError).that.includes({ index: 1, item: 'b', cause });
    expect(test.told).to.deep.equal([
      'failed: drain (stage 1) failed on item 1: broken on purpose',
      'failed',
    ]);
  });

  it('leaves the errors of a transparent drain as they are', async () => {
    for (const how of ['take', 'end'] as const) {
      const test = new TestLoop(() => pullOf(['a']), { transparent: true, [how]: fails });
      test.loop.start();
      expect(await test.outcome).to.deep.equal({ kind: 'failed', error: cause });
    }
  });

  it('closes both ends, and tells the drain why, when it fails', async () => {
    const log: unknown[] = [];
    const source = { pull: fails, close: () => void log.push('input closed') };
    const test = new TestLoop(() => source, {
      close: (error) => void log.push((error as StageError).cause),
    });
    test.loop.start();
    await test.outcome;
    expect(log).to.deep.equal(['input closed', cause]);
  });

  it('closes its input also when it is the drain that cannot be opened', async () => {
    let closed = false;
    const source = {
      ...pullOf([1]),
      close: () => {
        closed = true;
      },
    };
    const test = new TestLoop(() => source, { open: fails });
    test.loop.start();
    expect(await test.outcome).to.deep.equal({ kind: 'failed', error: cause });
    expect(closed).to.equal(true);
  });

  it('closes its drain also when it is the input that cannot be opened', async () => {
    const log: unknown[] = [];
    const test = new TestLoop(fails, { close: (error) => void log.push(error) });
    test.loop.start();
    await test.outcome;
    expect(log).to.have.length(1);
    expect(log[0]).to.be.instanceOf(StageError).that.includes({ cause });
  });

  it('keeps the first failure, with the later ones suppressed', async () => {
    const later = new Error('later');
    const atClosing = new Error('at closing');
    const source = {
      ...pullOf([], () => WAIT),
      close: () => Promise.reject(atClosing),
    };
    const test = new TestLoop(() => source);
    test.loop.start();
    test.loop.fail(cause);
    test.loop.fail(later);
    expect(await test.outcome).to.deep.equal({ kind: 'failed', error: cause });
    const [first, second] = (cause as Error & { suppressed: Error[] }).suppressed;
    expect(first).to.equal(later);
    expect(second).to.be.instanceOf(StageError).that.includes({ cause: atClosing });
    expect(test.told).to.deep.equal(['failed: broken on purpose', 'failed']);
  });

  it('is cancelled without a failure, and says so once everything is closed', async () => {
    const closing = new Deferred<void>();
    const source = { ...pullOf([], () => WAIT), close: () => closing.promise };
    const test = new TestLoop(() => source);
    test.loop.start();
    const cancelled = test.loop.cancel();
    await quiet(() => test.told.length);
    expect(test.told).to.deep.equal([]);
    closing.resolve();
    expect(await cancelled).to.deep.equal({ kind: 'cancelled' });
    expect(await test.loop.cancel()).to.deep.equal({ kind: 'cancelled' });
    expect(test.told).to.deep.equal(['cancelled']);
  });

  it('that is cancelled tells what failed while it was closed', async () => {
    const source = { ...pullOf([], () => WAIT), close: fails };
    const test = new TestLoop(() => source);
    test.loop.start();
    const outcome = await test.loop.cancel();
    expect(outcome.kind === 'failed' && outcome.error).to.include({ cause });
  });

  describe('stalls', () => {
    const blocked = (wait: (host: Host) => void) => (host: Host) =>
      pullOf([1], () => {
        host.blocker = () => cause;
        wait(host);
        return WAIT;
      });

    it('and fails with what its blocker says when nothing outside can move it', async () => {
      const test = new TestLoop(blocked(() => {}));
      test.loop.start();
      expect(await test.outcome).to.deep.equal({ kind: 'failed', error: cause });
    });

    it('not while something outside will wake it', async () => {
      const test = new TestLoop(blocked((host) => host.waiting()));
      test.loop.start();
      await quiet(() => test.told.length);
      expect(test.told).to.deep.equal([]);
      test.loop.arrived();
      test.loop.wake();
      await test.loop.cancel();
      expect(test.told).to.deep.equal(['cancelled']);
    });
  });
});

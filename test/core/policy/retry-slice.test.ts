import { expect } from 'chai';
import { AbortError, drain, map, pipeline, pull } from '../../../lib/index.js';
import { FakeTime } from '../../helpers/fake-time.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection } from '../../helpers/rejection.js';

describe('retry without a delay', () => {
  const time = new FakeTime();
  noUnhandled();

  for (const async of [true, false]) {
    const title = async ? 'rejects' : 'throws';
    it(`lets the event loop turn, so that signals and timers are heard (${title})`, async () => {
      const controller = new AbortController();
      let calls = 0;
      const fails = (): never => {
        calls += 1;
        time.work(1);
        throw new Error('broken on purpose');
      };
      const fn = async ? async () => fails() : fails;
      setImmediate(() => controller.abort());
      const run = pipeline([0], map(fn, { retry: { attempts: 10_000 } }), drain(), {
        signal: controller.signal,
      });
      expect(await rejection(run)).to.be.instanceOf(AbortError);
      expect(calls).to.be.below(20);
    });
  }

  it('has no time slice in pull, whose reader waits for it', () => {
    const fn = (x: number): number => {
      if (performance.now() < 30) {
        time.work(4);
        throw new Error('broken on purpose');
      }
      return x;
    };
    expect([...pull([5], map(fn, { retry: { attempts: 40 } }))]).to.deep.equal([5]);
  });
});

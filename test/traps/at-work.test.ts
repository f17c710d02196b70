import { once } from 'node:events';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import {
  AbortError,
  batch,
  buffer,
  type Context,
  compose,
  drain,
  forEach,
  from,
  generate,
  map,
  pipeline,
  take,
} from '../../lib/index.js';
import {
  anyPipeline,
  type Call,
  callbacks,
  ended,
  endings,
  expectCause,
  noted,
  obeying,
  oneItem,
} from '../helpers/at-work.js';
import { FakeTime } from '../helpers/fake-time.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';
import { timedRun } from '../helpers/timed-run.js';

describe('trap: a callback that is still at work when the run settles', () => {
  noUnhandled();

  for (const [when, end] of Object.entries(endings)) {
    for (const [what, parts] of Object.entries(callbacks)) {
      it(`${what} has cleaned up before a run settles that ${when}`, async () => {
        const log: string[] = [];
        const error = await ended(
          parts,
          obeying(() => log.push('cleaned up')),
          end,
        );
        expectCause(error);
        expect(log).to.deep.equal(['cleaned up']);
        expect(error).to.not.have.property('suppressed');
      });

      it(`${what} is in suppressed with what its cleanup fails with when a run ${when}`, async () => {
        const refusal = new Error('refused on purpose');
        const error = await ended(
          parts,
          obeying(() => {
            throw refusal;
          }),
          end,
        );
        expectCause(error);
        const [first, ...others] = noted(error);
        expect(first).to.equal(refusal);
        // The item of the call.
        for (const other of others) expect(refusal).to.have.property('suppressed').include(other);
      });

      it(`${what} is not in suppressed when it only obeys, and a run ${when}`, async () => {
        const call: Call = async (...args) => {
          const { signal } = args.at(-1) as Context;
          return (await sleep(2 ** 30, undefined, { signal })) as never;
        };
        const error = await ended(parts, call, end);
        expectCause(error);
        expect(error).to.not.have.property('suppressed');
      });
    }
  }

  it("a stage in Node's pipeline cleans up before it closes, and what it fails with is suppressed", async () => {
    const refusal = new Error('refused on purpose');
    const begun = new Deferred<void>();
    const refuse = obeying(() => {
      throw refusal;
    });
    const stage = map((...args: unknown[]) => {
      begun.resolve();
      return refuse(...args);
    });
    const failed = once(stage, 'error');
    const run = rejection(nodeRun([['item'], stage, drain()]));
    await begun.promise;
    stage.destroy(new Error('the root cause'));
    const [error] = await failed;
    expectCause(error);
    expect(noted(error)).to.deep.equal([refusal]);
    expectCause(await run);
  });

  it('generate has cleaned up before a run settles that is aborted', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const next = obeying(() => log.push('cleaned up')) as never;
    const run = pipeline(generate(1, next), drain(), { signal: controller.signal });
    await turn();
    controller.abort();
    expect(await rejection(run)).to.be.instanceOf(AbortError);
    expect(log).to.deep.equal(['cleaned up']);
  });

  it('what buffer tells of a dropped item has cleaned up before a run settles that fails', async () => {
    const log: string[] = [];
    const source = oneItem();
    for (const item of ['next', 'last']) source.push(item);
    const onDrop = obeying(() => log.push('cleaned up'));
    const busy = forEach(obeying(() => {}));
    const run = pipeline(source, buffer({ size: 1, when: 'drop-oldest', onDrop }), busy);
    await quiet(() => source.readableLength);
    endings.fails(source);
    expectCause(await rejection(run));
    expect(log).to.deep.equal(['cleaned up']);
  });
});

describe('trap: a callback that does not listen to its signal', () => {
  const time = new FakeTime();
  noUnhandled();

  for (const [what, parts] of Object.entries(callbacks)) {
    it(`${what} leaves no error unhandled when it fails after the run has stopped waiting for it`, async () => {
      const controller = new AbortController();
      const { signal } = controller;
      let failLate: ((error: Error) => void) | undefined;
      const call = (): Promise<never> =>
        new Promise((_, reject) => {
          failLate = reject;
        });
      const run = rejection(anyPipeline(from(['item']), ...parts(call), { signal }));
      await time.settle();
      controller.abort();
      await time.pass(100);
      expect(await run)
        .to.be.instanceOf(AbortError)
        .and.not.have.property('suppressed');
      expect(failLate).to.be.a('function');
      failLate?.(new Error('too late'));
      await time.settle();
    });

    it(`${what} is waited for 100 ms when the run is aborted, and no longer`, async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const run = anyPipeline(from(['item']), ...parts(() => new Promise(() => {})), { signal });
      let over = false;
      run.catch(() => {
        over = true;
      });
      await time.settle();
      controller.abort();
      await time.pass(99);
      expect(over).to.equal(false);
      await time.pass(1);
      expect(over).to.equal(true);
      expect(await rejection(run)).to.be.instanceOf(AbortError);
    });
  }

  it('is waited for once, and not again by a second close', async () => {
    const stage = map((item: string) => (item === 'first' ? item : new Promise<string>(() => {})));
    const parts = compose(stage, batch(9, { maxDelayMs: 5 }), take(1), take(1));
    const { out, done } = timedRun(time, from(['first', 'next']), parts);
    await time.pass(105);
    await done;
    expect(out).to.have.length(1);
  });
});

import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { NullItemError } from '../../lib/core/base/errors.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { FakeTime } from '../helpers/fake-time.js';
import { Gates } from '../helpers/gates.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { stageFailure } from '../helpers/rejection.js';
import { timedRun } from '../helpers/timed-run.js';

const cause = new Error('broken on purpose');

describe('map with concurrency, when something is over', () => {
  noUnhandled();

  for (const how of ['pipeline', "Node's pipeline"]) {
    it(`map fails at once, names the item, and aborts the signals (${how})`, async () => {
      const gates = new Gates<string>();
      const parts = [['a', 'b', 'c', 'd'], map(gates.call, { concurrency: 3 }), drain()];
      const done = how === 'pipeline' ? pipeline(parts) : nodeRun(parts);
      const failed = stageFailure(done);
      await quiet(() => gates.asked.length);
      const reasons = gates.open.map((item) => gates.signals.get(item) as AbortSignal);
      gates.reject('b', cause);
      await turn();
      expect(reasons.map(({ reason }) => reason)).to.deep.equal([cause, cause, cause]);
      for (const item of gates.open) gates.reject(item, new DOMException('told', 'AbortError'));
      const error = await failed;
      expect(error).to.include({ index: 1, item: 'b', cause });
      expect(error.stage.name).to.equal('map(call)');
      expect(error).to.not.have.property('suppressed');
      expect(gates.asked).to.deep.equal(['a', 'b', 'c']);
    });
  }

  it('map suppresses what else goes wrong once one call has failed', async () => {
    const gates = new Gates<string>();
    const later = new Error('another one');
    const failed = stageFailure(pipeline(['a', 'b'], map(gates.call, { concurrency: 2 }), drain()));
    await turn();
    gates.reject('a', cause);
    gates.reject('b', later);
    const error = await failed;
    expect(error).to.have.property('cause', cause);
    expect(error).to.have.nested.property('suppressed[0].cause', later);
    expect(error).to.have.nested.property('suppressed[0].index', 1);
  });

  it('map counts the index of a failing item at the input of its segment', async () => {
    const even = (x: number) => (x === 3 ? Promise.reject(cause) : Promise.resolve(x));
    const stages = [map((x: number) => x), map(even, { concurrency: 4 })];
    const error = await stageFailure(pipeline([range(0, 9), ...stages, drain()]));
    expect(error).to.include({ index: 3, item: 3 });
    expect(error.stage).to.deep.equal({ name: 'map(even)', position: 2 });
  });

  for (const [how, fn] of [
    [
      'throws',
      () => {
        throw cause;
      },
    ],
    ['answers null', () => null],
    ['answers a promise of null', async () => null],
  ] as const) {
    it(`map fails by name when fn ${how}`, async () => {
      const error = await stageFailure(
        pipeline(['a'], map<string, unknown>(fn, { concurrency: 2 }), drain()),
      );
      expect(error).to.include({ index: 0, item: 'a' });
      expect(error.cause).to.satisfy(
        (inner: unknown) => inner === cause || inner instanceof NullItemError,
      );
    });
  }

  for (const [how, order] of [
    [
      'throws',
      () => {
        throw cause;
      },
    ],
    ['answers a promise', async () => 'key'],
  ] as const) {
    it(`map fails by name when the key ${how}`, async () => {
      const stage = map((x: string) => x, { concurrency: 2, order });
      const error = await stageFailure(pipeline(['a'], stage, drain()));
      expect(error).to.include({ index: 0, item: 'a' });
      expect(error.message).to.match(/broken on purpose|expected a key, got a promise of one/);
    });
  }

  it('map tells the calls that are under way when it ends early, and waits for them', async () => {
    const log: string[] = [];
    const work = async (x: number, { signal }: { signal: AbortSignal }) => {
      if (x === 0) return x;
      await once(signal, 'abort');
      await turn();
      log.push(`told ${x}`);
      throw new Error('must not be reported');
    };
    const stage = map(work, { concurrency: 3, order: 'completion' });
    const items = await pipeline(range(0, 9), stage, take(1), toArray());
    expect(items).to.deep.equal([0]);
    expect(log).to.deep.equal(['told 1', 'told 2']);
  });

  it('map tells the calls that are under way when the run is aborted', async () => {
    const gates = new Gates<number>();
    const controller = new AbortController();
    const stage = map(gates.call, { concurrency: 2 });
    const done = pipeline(range(0, 9), stage, drain(), { signal: controller.signal });
    done.catch(() => {});
    await turn();
    controller.abort();
    expect([...gates.signals.values()].map(({ aborted }) => aborted)).to.deep.equal([true, true]);
    for (const item of gates.open) gates.answer(item);
    await done.catch(({ code }) => expect(code).to.equal('ABORT_ERR'));
  });

  it('map finishes the calls that are under way when the run is stopped', async () => {
    const gates = new Gates<number>();
    const controller = new AbortController();
    const stage = map(gates.call, { concurrency: 2 });
    const done = pipeline(range(0, 9), stage, toArray(), { stop: controller.signal });
    await turn();
    controller.abort();
    for (const item of gates.open) gates.answer(item);
    expect(await done).to.deep.equal([0, 1]);
    for (const signal of gates.signals.values()) expect(signal.aborted).to.equal(false);
  });

  it('map gives each call a signal of its own', async () => {
    const gates = new Gates<number>();
    const done = pipeline(range(0, 3), map(gates.call, { concurrency: 3 }), toArray());
    await turn();
    expect(new Set(gates.signals.values()).size).to.equal(3);
    for (const item of gates.open) gates.answer(item);
    await done;
  });
});

describe('map with concurrency and a call that does not listen', () => {
  const time = new FakeTime();

  it('waits for it 100 ms when it ends early, and no longer', async () => {
    const work = (x: number) => (x === 0 ? Promise.resolve(x) : new Promise<number>(() => {}));
    const { out, done } = timedRun(
      time,
      range(0, 9),
      compose(map(work, { concurrency: 3 }), take(1)),
    );
    let over = false;
    void done.then(() => {
      over = true;
    });
    await time.pass(99);
    expect([out, over]).to.deep.equal([[[0, 0]], false]);
    await time.pass(1);
    expect(over).to.equal(true);
  });
});

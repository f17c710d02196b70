import { Readable } from 'node:stream';
import { expect } from 'chai';
import { TimeoutError } from '../../lib/core/base/errors.js';
import { filter } from '../../lib/operators/filter.js';
import { timeout } from '../../lib/operators/timeout.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { ByHand } from '../helpers/by-hand.js';
import { FakeTime } from '../helpers/fake-time.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { never } from '../helpers/never.js';
import { neverPauses } from '../helpers/never-pauses.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { typed } from '../helpers/typed.js';

describe('timeout', () => {
  const time = new FakeTime();

  timedRuns((how, run) => {
    it(`timeout({ firstMs }) fails by name when the first item does not come in time (${how})`, async () => {
      const stream = never();
      const { out, done } = run(time, stream, timeout({ firstMs: 50 }));
      await time.pass(49);
      expect(stream.destroyed).to.equal(false);
      await time.pass(1);
      const error = await stageFailure(done);
      expect(error.stage.name).to.equal('timeout');
      expect(error).to.have.property('index', 0);
      expect(error.cause)
        .to.be.instanceOf(TimeoutError)
        .and.include({ code: 'ERR_SLUICE_TIMEOUT', message: 'no first item came within 50 ms' });
      expect(out).to.deep.equal([]);
      expect(stream.destroyed).to.equal(true);
    });

    it(`timeout({ betweenMs }) fails when a later one does not come in time (${how})`, async () => {
      const input = new ByHand<string>();
      const { out, done } = run(time, input, timeout({ betweenMs: 50 }));
      await time.pass(1000);
      input.give('a');
      await time.pass(49);
      input.give('b');
      await time.pass(50);
      // From Node 22 on, Node's pipeline waits until the iterable's `next()` has settled.
      input.end();
      const error = await stageFailure(done);
      expect(error).to.have.property('index', 2);
      expect(error.cause).to.have.property('message', 'no further item came within 50 ms');
      expect(out).to.deep.equal([
        [1000, 'a'],
        [1049, 'b'],
      ]);
    });
  });

  it('timeout({ betweenMs }) counts the end as an item that has to come', async () => {
    const input = new ByHand<string>();
    const { done } = timedRun(time, input, timeout({ betweenMs: 50 }));
    input.give('a');
    await time.pass(49);
    input.end();
    await done;
    await time.pass(1000);
  });

  it('timeout({ firstMs }) leaves later items their time', async () => {
    const input = new ByHand<string>();
    const { out, done } = timedRun(time, input, timeout({ firstMs: 50 }));
    input.give('a');
    await time.pass(5000);
    input.give('b');
    input.end();
    await done;
    expect(out).to.deep.equal([
      [0, 'a'],
      [5000, 'b'],
    ]);
  });

  it('timeout does not count the time that a reader takes', async () => {
    const waits: (() => void)[] = [];
    const slow = forEach(() => new Promise<void>((resolve) => waits.push(resolve)));
    const done = pipeline(Readable.from([1, 2]), timeout({ firstMs: 10, betweenMs: 10 }), slow);
    for (let item = 0; item < 2; item += 1) {
      await time.pass(100);
      waits.shift()?.();
    }
    await done;
  });

  it('timeout passes what need not be waited for through pull', () => {
    expect([...pull(range(0, 3), timeout({ firstMs: 1 }))]).to.deep.equal([0, 1, 2]);
  });

  it('timeout clears its timer when the run is aborted', async () => {
    const controller = new AbortController();
    const { done } = timedRun(time, never(), timeout({ firstMs: 50 }), {
      signal: controller.signal,
    });
    await time.settle();
    expect(time.timers).to.equal(1);
    controller.abort();
    expect(await rejection(done)).to.have.property('code', 'ABORT_ERR');
  });

  it('timeout clears its timer when its input fails', async () => {
    const cause = new Error('broken on purpose');
    const stream = never();
    const { done } = timedRun(time, stream, timeout({ firstMs: 50 }));
    await time.settle();
    stream.destroy(cause);
    expect(await rejection(done)).to.equal(cause);
  });

  for (const options of [{}, undefined as never]) {
    refuses(
      `timeout(${JSON.stringify(options)}), without a bound, is refused at the call`,
      () => timeout(options),
      'timeout: betweenMs must be a number of ms from 0 to 2147483647, got undefined',
    );
  }
  refuses(
    'timeout({ firstMs: Infinity }) is refused at the call',
    () => timeout({ firstMs: Number.POSITIVE_INFINITY }),
    'timeout: firstMs must be a number of ms from 0 to 2147483647, got Infinity',
  );

  goesByName('timeout', (options) => [[1], timeout({ firstMs: 1, ...options }), toArray()]);

  it('timeout infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 3), timeout({ firstMs: 5 }), toArray()));
  });

  it('timeout fails though its input is busy, if nothing comes of that', async () => {
    const stage = compose(
      filter((x: number) => x === 0),
      timeout<number>({ betweenMs: 50 }),
    );
    const { out, done } = timedRun(time, neverPauses(time, 1), stage);
    const error = await stageFailure(done);
    expect(error.cause).to.have.property('message', 'no further item came within 50 ms');
    expect(out).to.deep.equal([[1, 0]]);
    expect(time.now).to.be.within(51, 91);
  });
});

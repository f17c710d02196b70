import { expect } from 'chai';
import { take } from '../../lib/operators/take.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { interval } from '../../lib/sources/interval.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { FakeTime } from '../helpers/fake-time.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { typed } from '../helpers/typed.js';

describe('interval', () => {
  const time = new FakeTime();

  timedRuns((how, run) => {
    it(`interval({ everyMs }) counts up from 0, a number each everyMs (${how})`, async () => {
      const { out, done } = run(time, interval({ everyMs: 20 }), take(3));
      await time.pass(60);
      await done;
      expect(out).to.deep.equal([
        [20, 0],
        [40, 1],
        [60, 2],
      ]);
    });
  });

  it('interval({ firstMs }) emits the first number then', async () => {
    const { out, done } = timedRun(time, interval({ everyMs: 20, firstMs: 0 }), take(3));
    await time.pass(40);
    await done;
    expect(out).to.deep.equal([
      [0, 0],
      [20, 1],
      [40, 2],
    ]);
  });

  it('interval makes one number of the times that a slow reader has missed, and keeps its schedule', async () => {
    const out: [number, number][] = [];
    const go: (() => void)[] = [];
    const slow = forEach((item: number) => {
      out.push([time.now, item]);
      return item === 0 ? new Promise<void>((resolve) => go.push(resolve)) : undefined;
    });
    const done = pipeline(interval({ everyMs: 10 }), take(3), slow);
    await time.pass(45);
    go[0]?.();
    await time.pass(5);
    await done;
    expect(out).to.deep.equal([
      [10, 0],
      [45, 1],
      [50, 2],
    ]);
  });

  it('interval ends at once when the run is stopped', async () => {
    const controller = new AbortController();
    const done = pipeline(interval({ everyMs: 10 }), toArray(), { stop: controller.signal });
    await time.pass(25);
    controller.abort();
    expect(await done).to.deep.equal([0, 1]);
  });

  it('interval sets no timer before it is read, and leaves none when it is destroyed', async () => {
    const source = compose(interval({ everyMs: 10 }), take(100));
    expect(time.timers).to.equal(0);
    source.read();
    expect(time.timers).to.equal(1);
    source.destroy();
    await quiet(() => source.closed);
    expect(time.timers).to.equal(0);
  });

  it('interval can not wait in pull', () => {
    expect(() => pull(interval({ everyMs: 10 })).next())
      .to.throw()
      .with.nested.property('cause.code', 'ERR_SLUICE_ASYNC');
  });

  for (const everyMs of [0, -1, undefined as never]) {
    refuses(
      `interval({ everyMs: ${everyMs} }) is refused at the call`,
      () => interval({ everyMs }),
      `interval: everyMs must be a number of ms from 1 to 2147483647, got ${everyMs}`,
    );
  }
  refuses(
    'interval({ firstMs: -1 }) is refused at the call',
    () => interval({ everyMs: 1, firstMs: -1 }),
    'interval: firstMs must be a number of ms from 0 to 2147483647, got -1',
  );

  goesByName('interval', (options) => [
    interval({ everyMs: 1, firstMs: 0, ...options }),
    take(1),
    toArray(),
  ]);

  it('interval infers its items', async () => {
    typed<number[]>()(await pipeline(interval({ everyMs: 1, firstMs: 0 }), take(1), toArray()));
  });
});

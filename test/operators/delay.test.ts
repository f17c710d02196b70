import { expect } from 'chai';
import { delay } from '../../lib/operators/delay.js';
import { filter } from '../../lib/operators/filter.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { FakeTime } from '../helpers/fake-time.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { neverPauses } from '../helpers/never-pauses.js';
import { refuses } from '../helpers/refuses.js';
import { rejection } from '../helpers/rejection.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { timedStage } from '../helpers/timed-stage.js';
import { typed } from '../helpers/typed.js';

describe('delay', () => {
  const time = new FakeTime();

  timedRuns((how, run) => {
    it(`delay({ delayMs }) emits each item that much later and keeps their distances (${how})`, async () => {
      const input = new ByHand<string>();
      const { out, done } = run(time, input, delay({ delayMs: 100 }));
      input.give('a');
      await time.pass(30);
      input.give('b', 'c');
      await time.pass(20);
      input.end();
      await time.pass(100);
      await done;
      expect(out).to.deep.equal([
        [100, 'a'],
        [130, 'b'],
        [130, 'c'],
      ]);
    });
  });

  it('delay({ buffer }) takes no more items than that before one has gone out', async () => {
    const counted = new Counted();
    const controller = new AbortController();
    const { out, done } = timedRun(time, counted.items(), delay({ delayMs: 50, buffer: 4 }), {
      signal: controller.signal,
    });
    await time.pass(49);
    expect(counted.asked).to.equal(4);
    await time.pass(1);
    expect(out.map(([, item]) => item)).to.deep.equal([0, 1, 2, 3]);
    expect(counted.asked).to.equal(8);
    controller.abort();
    await rejection(done);
    expect(counted.closed).to.equal(true);
  });

  it('delay({ delayMs: 0 }) gives every item, in order', async () => {
    const { out, done } = timedRun(time, range(0, 5), delay({ delayMs: 0 }));
    await time.pass(1);
    await done;
    expect(out.map(([, item]) => item)).to.deep.equal([0, 1, 2, 3, 4]);
  });

  it('delay emits no item early, though a timer may ring so', async () => {
    await time.pass(0.6);
    const began = performance.now();
    const ages: number[] = [];
    const done = pipeline(
      ['a'],
      delay({ delayMs: 10 }),
      forEach(() => void ages.push(performance.now() - began)),
    );
    await time.pass(20);
    await done;
    expect(ages).to.have.length(1);
    expect(ages[0]).to.be.at.least(10);
  });

  it('delay answers a send when its item has been taken, in push', async () => {
    const log: string[] = [];
    const producer = push(delay<string>({ delayMs: 10 }), (item) => {
      log.push(`${time.now} took ${item}`);
      return `answer to ${item}`;
    });
    const send = async (item: string) => {
      const answer = await producer.send(item);
      log.push(`${time.now} ${answer}`);
    };
    const first = send('a');
    await time.pass(5);
    const second = send('b');
    await time.pass(10);
    await Promise.all([first, second]);
    expect(log).to.deep.equal(['10 took a', '10 answer to a', '15 took b', '15 answer to b']);
    await producer.close();
  });

  timedStage(time, 'delay', () => delay({ delayMs: 100 }));

  refuses(
    'delay({ delayMs: -1 }) is refused at the call',
    () => delay({ delayMs: -1 }),
    'delay: delayMs must be a number of ms from 0 to 2147483647, got -1',
  );
  refuses(
    'delay({ buffer: 0 }) is refused at the call',
    () => delay({ delayMs: 1, buffer: 0 }),
    'delay: buffer must be an integer from 1, got 0',
  );

  goesByName('delay', (options) => [[], delay({ delayMs: 1, ...options }), toArray()]);

  it('delay infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 0), delay({ delayMs: 5 }), toArray()));
  });

  it('delay is in time though its input never pauses', async () => {
    const stage = compose(delay<number>({ delayMs: 10, buffer: 1e9 }), take(4));
    const { out, done } = timedRun(time, neverPauses(time, 3), stage);
    await done;
    expect(out).to.deep.equal([
      [15, 0],
      [18, 1],
      [21, 2],
      [24, 3],
    ]);
  });

  it('delay is at most a time slice late though nothing else comes of busy input', async () => {
    const stage = compose(
      filter((x: number) => x === 0),
      delay<number>({ delayMs: 15 }),
      take(1),
    );
    const { out, done } = timedRun(time, neverPauses(time, 1), stage);
    await done;
    expect(out[0]?.[0]).to.be.within(16, 26);
  });
});

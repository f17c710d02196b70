import { expect } from 'chai';
import { debounce } from '../../lib/operators/debounce.js';
import { filter } from '../../lib/operators/filter.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { ByHand } from '../helpers/by-hand.js';
import { FakeTime } from '../helpers/fake-time.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { neverPauses } from '../helpers/never-pauses.js';
import { refuses } from '../helpers/refuses.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { timedStage } from '../helpers/timed-stage.js';
import { typed } from '../helpers/typed.js';

describe('debounce', () => {
  const time = new FakeTime();

  timedRuns((how, run) => {
    it(`debounce({ quietMs }) emits the last item of each burst once it is over (${how})`, async () => {
      const input = new ByHand<string>();
      const { out, done } = run(time, input, debounce({ quietMs: 50 }));
      input.give('a', 'b');
      await time.pass(49);
      input.give('c');
      await time.pass(49);
      expect(out).to.deep.equal([]);
      await time.pass(51);
      input.give('d');
      await time.pass(10);
      input.end();
      await done;
      expect(out).to.deep.equal([
        [99, 'c'],
        [159, 'd'],
      ]);
    });
  });

  it('debounce({ maxDelayMs }) emits the latest item even if input never pauses', async () => {
    const input = new ByHand<number>();
    const stage = debounce<number>({ quietMs: 50, maxDelayMs: 100 });
    const { out, done } = timedRun(time, input, stage);
    for (let item = 0; item < 8; item += 1) {
      input.give(item);
      await time.pass(30);
    }
    input.end();
    await done;
    expect(out).to.deep.equal([
      [100, 3],
      [220, 7],
    ]);
  });

  it('debounce({ maxDelayMs }) emits from input that is there without end', async () => {
    const controller = new AbortController();
    function* items() {
      for (let item = 0; ; item += 1) {
        if (item === 1000) controller.abort();
        yield item;
      }
    }
    const { out, done } = timedRun(
      time,
      items(),
      debounce<number>({ quietMs: 50, maxDelayMs: 0 }),
      { signal: controller.signal },
    );
    await done.catch(() => {});
    expect(out.slice(0, 3)).to.deep.equal([
      [0, 0],
      [0, 1],
      [0, 2],
    ]);
  });

  it('debounce of nothing emits nothing, and at once', async () => {
    expect(await pipeline([], debounce({ quietMs: 50 }), toArray())).to.deep.equal([]);
    expect(time.now).to.equal(0);
  });

  it('debounce emits the item it holds at the end of its input, at once', async () => {
    expect(await pipeline([1, 2, 3], debounce({ quietMs: 50 }), toArray())).to.deep.equal([3]);
    expect(time.now).to.equal(0);
  });

  it('debounce emits the last of all items in pull, where nothing ever pauses', () => {
    expect([...pull([1, 2], debounce({ quietMs: 1 }))]).to.deep.equal([2]);
  });

  it('debounce answers a send of a dropped item with undefined when it is dropped', async () => {
    const producer = push(debounce<string>({ quietMs: 10 }), (item) => `got ${item}`);
    const answers: unknown[] = [];
    const sent = ['a', 'b', 'c'].map(async (item) => answers.push(await producer.send(item)));
    await time.pass(9);
    expect(answers).to.deep.equal([undefined, undefined]);
    await time.pass(1);
    await Promise.all(sent);
    expect(answers).to.deep.equal([undefined, undefined, 'got c']);
    await producer.close();
  });

  timedStage(time, 'debounce', () => debounce({ quietMs: 100 }));

  refuses(
    'debounce({ quietMs: undefined }) is refused at the call',
    () => debounce({} as never),
    'debounce: quietMs must be a number of ms from 0 to 2147483647, got undefined',
  );
  refuses(
    'debounce({ maxDelayMs: -1 }) is refused at the call',
    () => debounce({ quietMs: 1, maxDelayMs: -1 }),
    'debounce: maxDelayMs must be a number of ms from 0 to 2147483647, got -1',
  );

  goesByName('debounce', (options) => [[1], debounce({ quietMs: 1, ...options }), toArray()]);

  it('debounce infers its items', async () => {
    typed<number[]>()(await pipeline(range(0, 3), debounce({ quietMs: 5 }), toArray()));
  });

  it('debounce loses no burst of input that keeps the thread busy between two', async () => {
    const stage = compose(debounce<number>({ quietMs: 5 }), take(3));
    const { out, done } = timedRun(time, neverPauses(time, 20), stage);
    await done;
    expect(out.map(([, item]) => item)).to.deep.equal([0, 1, 2]);
  });

  it('debounce is at most a time slice late though nothing else comes of busy input', async () => {
    const stage = compose(
      filter((x: number) => x === 0),
      debounce<number>({ quietMs: 15 }),
      take(1),
    );
    const { out, done } = timedRun(time, neverPauses(time, 1), stage);
    await done;
    expect(out[0]?.[0]).to.be.within(16, 26);
  });
});

import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { FakeTime } from '../helpers/fake-time.js';
import { stageGives } from '../helpers/gives.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { neverPauses } from '../helpers/never-pauses.js';
import { refuses } from '../helpers/refuses.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { timedStage } from '../helpers/timed-stage.js';
import { typed } from '../helpers/typed.js';

describe('batch', () => {
  stageGives('batch(size) emits arrays of size items', [1, 2, 3, 4], () => batch(2), [
    [1, 2],
    [3, 4],
  ]);
  stageGives('batch(size) emits a shorter last array', [1, 2, 3], () => batch(2), [[1, 2], [3]]);
  stageGives('batch(size) emits one array when there are fewer items', [1, 2], () => batch(9), [
    [1, 2],
  ]);
  stageGives('batch(1) emits each item in an array', [1, 2], () => batch(1), [[1], [2]]);
  stageGives('batch(size) of nothing emits nothing', [], () => batch(2), []);
  stageGives('batch(size) counts undefined as an item', [undefined, 1], () => batch(2), [
    [undefined, 1],
  ]);
  refusesCounts(
    (size) => `batch(${size})`,
    (size) => batch(size),
    { who: 'batch', name: 'size', least: 1 },
  );

  it('batch(size) emits an array as soon as size items have come', () => {
    const counted = new Counted();
    const batches = pull(counted.items(), batch(3));
    expect(batches.next().value).to.deep.equal([0, 1, 2]);
    expect(counted.asked).to.equal(3);
    batches.return?.();
  });

  it("batch(size) hands on arrays that are the reader's own", () => {
    const emptied: number[][] = [];
    for (const items of pull(range(0, 4), batch(2))) emptied.push(items.splice(0));
    expect(emptied).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it('batch(size) answers what it holds, in push, when it lets go of it', async () => {
    const producer = push(batch<string>(2), (items) => items.join());
    const answers = ['a', 'b', 'c'].map((item) => producer.send(item));
    await producer.close();
    expect(await Promise.all(answers)).to.deep.equal(['a,b', 'a,b', 'c']);
  });

  goesByName('batch', (options) => [[1, 2], batch(2, options), toArray()]);

  it('batch infers its items', async () => {
    typed<number[][]>()(await pipeline(range(0, 3), batch(2), toArray()));
  });
});

describe('batch with a time limit', () => {
  const time = new FakeTime();

  stageGives(
    'batch(size, { maxDelayMs }) emits arrays of size items, and a shorter last one',
    [1, 2, 3, 4, 5],
    () => batch(2, { maxDelayMs: 0 }),
    [[1, 2], [3, 4], [5]],
  );
  stageGives(
    'batch(1, { maxDelayMs }) emits each item in an array',
    [1, 2],
    () => batch(1, { maxDelayMs: 5 }),
    [[1], [2]],
  );
  stageGives(
    'batch(size, { maxDelayMs }) of nothing emits nothing',
    [],
    () => batch(2, { maxDelayMs: 5 }),
    [],
  );

  timedRuns((how, run) => {
    it(`batch(size, { maxDelayMs }) lets the first item of an array wait no longer (${how})`, async () => {
      const input = new ByHand<string>();
      const { out, done } = run(time, input, batch(3, { maxDelayMs: 100 }));
      input.give('a');
      await time.pass(60);
      input.give('b');
      await time.pass(140);
      input.give('c');
      await time.pass(20);
      input.end();
      await done;
      expect(out).to.deep.equal([
        [100, ['a', 'b']],
        [220, ['c']],
      ]);
    });

    it(`batch(size, { maxDelayMs }) times each array anew: an old timer never cuts the next short (${how})`, async () => {
      const input = new ByHand<number>();
      const { out, done } = run(time, input, batch(2, { maxDelayMs: 100 }));
      input.give(1);
      await time.pass(90);
      input.give(2, 3);
      await time.pass(99);
      expect(out).to.deep.equal([[90, [1, 2]]]);
      await time.pass(1);
      expect(out.slice(1)).to.deep.equal([[190, [3]]]);
      input.end();
      await done;
    });
  });

  it('batch(size, { maxDelayMs }) is in time though its input never pauses', async () => {
    const stage = compose(batch<number>(1e9, { maxDelayMs: 10 }), take(3));
    const { out, done } = timedRun(time, neverPauses(time, 3), stage);
    await done;
    expect(out[0]).to.deep.equal([15, [0, 1, 2, 3, 4]]);
    for (const [at, [first = 0]] of out) expect(at - 3 * (first + 1)).to.be.at.most(13);
  });

  it('batch(size, { maxDelayMs }) is at most a time slice late though nothing else comes of busy input', async () => {
    const first = filter((x: number) => x === 0);
    const stage = compose(first, batch<number>(9, { maxDelayMs: 15 }), take(1));
    const { out, done } = timedRun(time, neverPauses(time, 1), stage);
    await done;
    expect(out[0]?.[1]).to.deep.equal([0]);
    expect(out[0]?.[0]).to.be.within(16, 26);
  });

  it('batch(size, { maxDelayMs }) holds more items than a call takes arguments', async () => {
    const stage = batch<number>(1e6, { maxDelayMs: 1000 });
    const [items] = await pipeline(range(0, 300_000), stage, toArray());
    expect(items).to.have.length(300_000);
  });

  it('batch(size, { maxDelayMs }) sets no timer while it holds nothing', async () => {
    const input = new ByHand<number>();
    const { done } = timedRun(time, input, batch(2, { maxDelayMs: 100 }));
    input.give(1, 2);
    await time.settle();
    expect(time.timers).to.equal(0);
    input.end();
    await done;
  });

  it('batch(size, { maxDelayMs }) emits what has come when a slow reader asks after the time', async () => {
    const input = new ByHand<number>();
    const out: number[][] = [];
    const go: (() => void)[] = [];
    const done = pipeline(
      input,
      batch(2, { maxDelayMs: 10 }),
      forEach((items) => {
        out.push(items);
        return new Promise<void>((resolve) => go.push(resolve));
      }),
    );
    input.give(1, 2, 3);
    await time.pass(50);
    input.give(4);
    await time.pass(50);
    go[0]?.();
    await time.settle();
    go[1]?.();
    input.end();
    await done;
    expect(out).to.deep.equal([
      [1, 2],
      [3, 4],
    ]);
  });

  it('batch(size, { maxDelayMs }) answers what it holds, in push, when it lets go of it', async () => {
    const producer = push(batch<string>(2, { maxDelayMs: 10 }), (items) => items.join());
    const answers = ['a', 'b', 'c'].map((item) => producer.send(item));
    await time.pass(9);
    expect(await Promise.all(answers.slice(0, 2))).to.deep.equal(['a,b', 'a,b']);
    await time.pass(1);
    expect(await answers[2]).to.equal('c');
    await producer.close();
  });

  timedStage(time, 'batch(size, { maxDelayMs })', () => batch(2, { maxDelayMs: 100 }));

  for (const maxDelayMs of [-1, Number.POSITIVE_INFINITY, '5' as never]) {
    refuses(
      `batch(2, { maxDelayMs: ${maxDelayMs} }) is refused at the call`,
      () => batch(2, { maxDelayMs }),
      `batch: maxDelayMs must be a number of ms from 0 to 2147483647, got ${maxDelayMs}`,
    );
  }

  goesByName('batch', (options) => [[1], batch(2, { maxDelayMs: 5, ...options }), toArray()]);
});

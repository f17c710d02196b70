import { expect } from 'chai';
import { AsyncError } from '../../lib/core/base/errors.js';
import { take } from '../../lib/operators/take.js';
import { throttle } from '../../lib/operators/throttle.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { ByHand } from '../helpers/by-hand.js';
import { Counted } from '../helpers/counted.js';
import { FakeTime } from '../helpers/fake-time.js';
import { goesByName } from '../helpers/goes-by-name.js';
import { refuses } from '../helpers/refuses.js';
import { timedRun, timedRuns } from '../helpers/timed-run.js';
import { timedStage } from '../helpers/timed-stage.js';
import { typed } from '../helpers/typed.js';

describe('throttle', () => {
  const time = new FakeTime();

  timedRuns((how, run) => {
    it(`throttle lets items pass at once while the bound allows, then as the window moves (${how})`, async () => {
      const { out, done } = run(time, range(0, 7), throttle({ items: 3, perMs: 100 }));
      await time.pass(300);
      await done;
      expect(out).to.deep.equal([
        [0, 0],
        [0, 1],
        [0, 2],
        [100, 3],
        [100, 4],
        [100, 5],
        [200, 6],
      ]);
    });
  });

  it('throttle counts any perMs, not one window after another', async () => {
    const input = new ByHand<string>();
    const { out, done } = timedRun(time, input, throttle({ items: 2, perMs: 100 }));
    input.give('a');
    await time.pass(90);
    input.give('b', 'c', 'd');
    await time.pass(15);
    expect(out).to.deep.equal([
      [0, 'a'],
      [90, 'b'],
      [100, 'c'],
    ]);
    input.end();
    await time.pass(100);
    await done;
    expect(out.slice(3)).to.deep.equal([[190, 'd']]);
  });

  it('throttle holds back its source rather than dropping anything', async () => {
    const counted = new Counted();
    const { out, done } = timedRun(
      time,
      counted.items(),
      compose(throttle<number>({ items: 1, perMs: 10 }), take(3)),
    );
    await time.pass(5);
    expect(counted.asked).to.equal(2);
    await time.pass(20);
    await done;
    expect(out.map(([, item]) => item)).to.deep.equal([0, 1, 2]);
    expect(counted).to.deep.equal({ asked: 3, closed: true });
  });

  it('throttle ends with its input, without waiting for a window', async () => {
    const items = await pipeline([1], throttle({ items: 1, perMs: 1000 }), toArray());
    expect(items).to.deep.equal([1]);
    expect(time.now).to.equal(0);
  });

  it('throttle passes what the bound allows through pull, which can not wait for more', () => {
    const items = pull(range(0, 3), throttle({ items: 2, perMs: 10 }));
    expect([items.next().value, items.next().value]).to.deep.equal([0, 1]);
    expect(() => items.next())
      .to.throw()
      .with.property('cause')
      .instanceOf(AsyncError);
  });

  timedStage(time, 'throttle', () => throttle({ items: 1, perMs: 100 }));

  for (const items of [0, 1.5, undefined as never]) {
    refuses(
      `throttle({ items: ${items} }) is refused at the call`,
      () => throttle({ items, perMs: 1 }),
      `throttle: items must be an integer from 1, got ${items}`,
    );
  }
  for (const perMs of [-1, Number.NaN, 2 ** 31, '1' as never]) {
    refuses(
      `throttle({ perMs: ${perMs} }) is refused at the call`,
      () => throttle({ items: 1, perMs }),
      `throttle: perMs must be a number of ms from 0 to 2147483647, got ${perMs}`,
    );
  }
  refuses(
    'throttle refuses a number as its options',
    () => throttle(5 as never),
    'throttle: options must be an object, got a number',
  );

  goesByName('throttle', (options) => [
    [1, 2],
    throttle({ items: 9, perMs: 1, ...options }),
    toArray(),
  ]);

  it('throttle infers its items', async () => {
    const limited = throttle<number>({ items: 5, perMs: 1 });
    await pipeline(
      range(0, 2),
      limited,
      forEach((x) => typed<number>()(x)),
    );
    typed<number[]>()(await pipeline(range(0, 3), throttle({ items: 5, perMs: 1 }), toArray()));
  });
});

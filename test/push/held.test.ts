import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { filter } from '../../lib/operators/filter.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { pairwise } from '../../lib/operators/pairwise.js';
import { sample } from '../../lib/operators/sample.js';
import { sort } from '../../lib/operators/sort.js';
import { top } from '../../lib/operators/top.js';
import { window } from '../../lib/operators/window.js';
import { push } from '../../lib/push/push.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { stageFailure } from '../helpers/rejection.js';
import { type Watched, watched } from '../helpers/watched.js';

const show = (items: readonly unknown[]) => `[${items.join(' ')}]`;
const showLater = async (items: readonly unknown[]) => {
  await turn();
  return show(items);
};

const states = (sends: readonly Watched[]) =>
  quiet(() => sends.map(({ state }) => state).join(' '));
const values = (sends: readonly Watched[]) => sends.map(({ value }) => value);

describe('items that a stage holds', () => {
  noUnhandled();

  for (const [kind, consumer] of [
    ['sync', show],
    ['async', showLater],
  ] as const) {
    it(`are answered by the batch they are let go in (${kind} consumer)`, async () => {
      const producer = push(batch<number>(3), consumer);
      const sends = [1, 2].map((x) => watched(producer.send(x)));
      expect(await states(sends)).to.equal('pending pending');
      sends.push(watched(producer.send(3)), watched(producer.send(4)));
      expect(await states(sends)).to.equal('resolved resolved resolved pending');
      expect(values(sends)).to.deep.equal(['[1 2 3]', '[1 2 3]', '[1 2 3]', undefined]);
      await producer.close();
      expect(values(sends).at(3)).to.equal('[4]');
    });

    it(`are answered by the first pair they are in (${kind} consumer)`, async () => {
      const producer = push(pairwise<number>(), consumer);
      const sends = [watched(producer.send(1))];
      expect(await states(sends)).to.equal('pending');
      sends.push(watched(producer.send(2)), watched(producer.send(3)));
      expect(await states(sends)).to.equal('resolved resolved resolved');
      expect(values(sends)).to.deep.equal(['[1 2]', '[1 2]', '[2 3]']);
    });

    it(`are answered undefined when the end comes before a pair (${kind} consumer)`, async () => {
      const producer = push(pairwise<number>(), consumer);
      const send = watched(producer.send(1));
      await producer.close();
      expect(send).to.deep.equal({ state: 'resolved', value: undefined });
    });

    it(`are answered by the first window they are in (${kind} consumer)`, async () => {
      const producer = push(window<number>(3), consumer);
      const sends = [1, 2].map((x) => watched(producer.send(x)));
      expect(await states(sends)).to.equal('pending pending');
      sends.push(...[3, 4].map((x) => watched(producer.send(x))));
      expect(await states(sends)).to.equal('resolved resolved resolved resolved');
      expect(values(sends)).to.deep.equal(['[1 2 3]', '[1 2 3]', '[1 2 3]', '[2 3 4]']);
    });

    it(`are answered by the last of all that came of them (${kind} consumer)`, async () => {
      const producer = push(
        batch<number>(2),
        flatMap((pair) => pair),
        batch(3),
        consumer,
      );
      const sends = [1, 2, 3, 4].map((x) => watched(producer.send(x)));
      // 3 has gone on and 4 has not, but they came as one.
      expect(await states(sends)).to.equal('resolved resolved pending pending');
      sends.push(...[5, 6].map((x) => watched(producer.send(x))));
      await producer.close();
      const [early, late] = ['[1 2 3]', '[4 5 6]'];
      expect(values(sends)).to.deep.equal([early, early, late, late, late, late]);
    });

    it(`are answered through a batch after a batch (${kind} consumer)`, async () => {
      const producer = push(batch<number>(2), batch(2), (pairs) => consumer(pairs.map(show)));
      const sends = [1, 2, 3, 4, 5].map((x) => watched(producer.send(x)));
      expect(await states(sends)).to.equal('resolved resolved resolved resolved pending');
      await producer.close();
      const whole = '[[1 2] [3 4]]';
      expect(values(sends)).to.deep.equal([whole, whole, whole, whole, '[[5]]']);
    });

    for (const [how, wait] of [
      ['that answers at once', <T>(x: T) => x],
      ['that has to wait', async <T>(x: T) => turn(x)],
    ] as const) {
      it(`are answered beside a stage ${how} (${kind} consumer)`, async () => {
        const producer = push(
          map((x: number) => wait(x)),
          filter((x) => x !== 2),
          batch(2),
          map((pair) => wait(pair)),
          consumer,
        );
        const sends = [1, 2, 3, 4].map((x) => watched(producer.send(x)));
        expect(await states(sends)).to.equal('resolved resolved resolved pending');
        await producer.close();
        expect(values(sends)).to.deep.equal(['[1 3]', undefined, '[1 3]', '[4]']);
      });
    }

    it(`are answered undefined when what they became is dropped (${kind} consumer)`, async () => {
      const producer = push(
        batch<number>(2),
        filter((pair) => pair[0] !== 1),
        consumer,
      );
      const sends = [1, 2, 3, 4].map((x) => watched(producer.send(x)));
      expect(await states(sends)).to.equal('resolved resolved resolved resolved');
      expect(values(sends)).to.deep.equal([undefined, undefined, '[3 4]', '[3 4]']);
    });
  }

  for (const [name, stage] of [
    ['sort', sort],
    ['top', () => top<number>(2, (x) => x)],
    ['sample', () => sample<number>(2)],
  ] as const) {
    it(`until the end, by ${name}, are answered undefined when it has taken them`, async () => {
      const taken: number[] = [];
      const producer = push(stage(), (x: number) => taken.push(x));
      expect(await producer.send(2)).to.equal(undefined);
      expect(await producer.send(1)).to.equal(undefined);
      expect(taken).to.deep.equal([]);
      await producer.close();
      expect(taken.toSorted()).to.deep.equal([1, 2]);
    });

    it(`until the end, by ${name}, make close reject when they fail behind it`, async () => {
      const full = new Error('disk full');
      const producer = push(stage(), () => {
        throw full;
      });
      expect(await producer.send(1)).to.equal(undefined);
      expect((await stageFailure(producer.close())).cause).to.equal(full);
    });
  }

  it('are let go by close, which resolves after they are answered', async () => {
    const log: string[] = [];
    const producer = push(batch<number>(5), async (items) => {
      await turn();
      return show(items);
    });
    const sends = [1, 2].map((x) =>
      producer.send(x).then((answer) => log.push(`answered ${answer}`)),
    );
    await producer.close();
    log.push('closed');
    await Promise.all(sends);
    expect(log).to.deep.equal(['answered [1 2]', 'answered [1 2]', 'closed']);
  });
});

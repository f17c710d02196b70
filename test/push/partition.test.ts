import { expect } from 'chai';
import { RouteError } from '../../lib/core/base/errors.js';
import { deadLetter } from '../../lib/junctions/dead-letter.js';
import { partition } from '../../lib/junctions/partition.js';
import { push } from '../../lib/push/push.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../helpers/rejection.js';

const isEven = (x: number): boolean => x % 2 === 0;

describe('push into partition', () => {
  noUnhandled();

  it('answers with the answer of the branch of the item', async () => {
    const show = (name: string) => forEach(async (x: number) => `${name} ${x}`);
    const producer = push(partition(isEven, show('even'), show('odd'), { buffer: 1 }));
    const sends = Array.from({ length: 6 }, (_, x) => producer.send(x));
    const names = ['even 0', 'odd 1', 'even 2', 'odd 3', 'even 4', 'odd 5'];
    expect(await Promise.all(sends)).to.deep.equal(names);
    expect(await producer.close()).to.deep.equal([undefined, undefined]);
  });

  it('rejects an item that has no branch, and what comes after', async () => {
    const producer = push(
      partition((text: string) => text as 'a', { a: forEach((x: string) => x) }),
    );
    const [first, second, third] = ['a', 'b', 'a'].map((text) => producer.send(text));
    expect(await first).to.equal('a');
    const error = await stageFailure(second!);
    expect(error.cause).to.be.instanceOf(RouteError);
    expect(await rejection(third!)).to.equal(error);
  });

  it('answers undefined for an item that route fails on, once that is skipped or in its dead letter', async () => {
    const letters: unknown[] = [];
    const bad = deadLetter<number>(forEach(({ item }) => letters.push(item)));
    for (const later of [false, true]) {
      const route = (x: number): boolean | Promise<boolean> => {
        if (x !== 1) return true;
        const cause = new Error('on purpose');
        if (!later) throw cause;
        return Promise.reject(cause);
      };
      for (const onError of ['skip', later ? 'skip' : bad] as const) {
        const show = (name: string) => forEach((x: number) => `${name} ${x}`);
        const producer = push(partition(route, show('yes'), show('no'), { onError }));
        const sends = [0, 1, 2].map((x) => producer.send(x));
        expect(await Promise.all(sends)).to.deep.equal(['yes 0', undefined, 'yes 2']);
        await producer.close();
      }
    }
    expect(letters).to.deep.equal([1]);
  });

  it('answers undefined for a branch that has ended early', async () => {
    const odd = forEach((x: number) => `odd ${x}`);
    const producer = push(partition(isEven, first<number>(), odd));
    expect(await producer.send(0)).to.equal(undefined);
    expect(await producer.send(2)).to.equal(undefined);
    expect(await producer.send(1)).to.equal('odd 1');
    expect(await producer.close()).to.deep.equal([0, undefined]);
  });
});

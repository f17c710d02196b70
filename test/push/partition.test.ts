import { expect } from 'chai';
import { RouteError } from '../../lib/core/errors.js';
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

  it('answers undefined for a branch that has ended early', async () => {
    const odd = forEach((x: number) => `odd ${x}`);
    const producer = push(partition(isEven, first<number>(), odd));
    expect(await producer.send(0)).to.equal(undefined);
    expect(await producer.send(2)).to.equal(undefined);
    expect(await producer.send(1)).to.equal('odd 1');
    expect(await producer.close()).to.deep.equal([0, undefined]);
  });
});

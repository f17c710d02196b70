import { expect } from 'chai';
import { batch, count, pull, push, range } from '../../lib/index.js';
import { exactly } from './same.js';

describe('what holds resources', () => {
  it('can be declared by using and await using', async () => {
    const use = async () => {
      await using producer = push(batch<number>(2), count());
      await using source = range(0, 3);
      await using stage = batch<number>(2);
      await using sink = count();
      using items = pull([1, 2]);
      exactly<IteratorResult<number>>()(items.next());
      return [producer, source, stage, sink];
    };
    const used = await use();
    expect(used.every(({ closed }) => closed)).to.equal(true);
  });
});

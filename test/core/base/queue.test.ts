import { expect } from 'chai';
import fc from 'fast-check';
import { Queue } from '../../../lib/core/base/queue.js';

describe('Queue', () => {
  it('gives first what came first, whatever is pushed and shifted between', () => {
    const moves = fc.array(fc.oneof(fc.integer(), fc.constant('shift' as const)), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(moves, (all) => {
        const queue = new Queue<number>();
        const model: number[] = [];
        for (const move of all) {
          if (move === 'shift') expect(queue.shift()).to.equal(model.shift());
          else {
            queue.push(move);
            model.push(move);
          }
          expect(queue.length).to.equal(model.length);
        }
      }),
    );
  });

  it('keeps the order while it grows and once it has been long', () => {
    const queue = new Queue<number>();
    const numbers = Array.from({ length: 5000 }, (_, at) => at);
    for (const round of [1, 2]) {
      for (const number of numbers) queue.push(number * round);
      expect(numbers.map(() => queue.shift())).to.deep.equal(numbers.map((each) => each * round));
    }
    expect(queue.length).to.equal(0);
  });

  it('gives undefined once it is empty or has been cleared', () => {
    const queue = new Queue<string>();
    queue.push('a');
    queue.push('b');
    queue.clear();
    expect(queue.length).to.equal(0);
    expect(queue.shift()).to.equal(undefined);
    queue.push('c');
    expect([queue.shift(), queue.shift()]).to.deep.equal(['c', undefined]);
  });
});

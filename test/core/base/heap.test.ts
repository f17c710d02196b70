import { expect } from 'chai';
import fc from 'fast-check';
import { Heap } from '../../../lib/core/base/heap.js';

const ascending = (a: number, b: number): number => a - b;

/** All of them in the order they come out. */
function drained<T>(heap: Heap<T>): T[] {
  const out: T[] = [];
  while (heap.size > 0) out.push(heap.pop() as T);
  return out;
}

describe('Heap', () => {
  it('has no first item while it is empty', () => {
    const heap = new Heap(ascending);
    expect([heap.size, heap.top, heap.pop(), heap.values()]).to.deep.equal([
      0,
      undefined,
      undefined,
      [],
    ]);
  });

  it('always has the first of its items on top, whatever is pushed, popped and replaced', () => {
    const step = fc.tuple(fc.constantFrom('push', 'pop', 'replace'), fc.nat(9));
    const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = new Heap(ascending);
      let model: number[] = [];
      for (const [what, item] of steps) {
        if (what === 'pop') expect(heap.pop()).to.equal(model.shift());
        else if (what === 'replace' && model.length > 0) {
          heap.replace(item);
          model = [...model.slice(1), item].sort(ascending);
        } else {
          heap.push(item);
          model = [...model, item].sort(ascending);
        }
        expect([heap.size, heap.top]).to.deep.equal([model.length, model[0]]);
        expect([...heap.values()].sort(ascending)).to.deep.equal(model);
      }
      expect(drained(heap)).to.deep.equal(model);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it('asks about no more than two other items when the first one stays first', () => {
    let asked = 0;
    const heap = new Heap<number>((a, b) => {
      asked += 1;
      return a - b;
    });
    for (let item = 0; item < 1000; item += 1) heap.push(item);
    asked = 0;
    heap.replace(0.5);
    expect(asked).to.be.at.most(2);
    expect(heap.top).to.equal(0.5);
  });

  it('asks about one item a level, and few on the way back, when the first one goes to the bottom', () => {
    let asked = 0;
    const heap = new Heap<number>((a, b) => {
      asked += 1;
      return a - b;
    });
    for (let item = 0; item < 1024; item += 1) heap.push(item);
    asked = 0;
    heap.replace(5000);
    expect(asked).to.be.at.most(10 + 3);
  });
});

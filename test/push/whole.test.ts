import { expect } from 'chai';
import { batch } from '../../lib/operators/batch.js';
import { sample } from '../../lib/operators/sample.js';
import { sort } from '../../lib/operators/sort.js';
import { top } from '../../lib/operators/top.js';
import { push } from '../../lib/push/push.js';
import type { Stage } from '../../lib/streams/stage.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

/** Stages that emit nothing before their input has ended, and what they make of 3, 1 and 2. */
const stages: Record<string, readonly [make: () => Stage<number, number>, items: number[]]> = {
  sort: [() => sort<number>(), [1, 2, 3]],
  'sort through files': [() => sort<number>({ maxItems: 1, maxRuns: 2 }), [1, 2, 3]],
  top: [() => top(3, (x: number) => x), [3, 2, 1]],
  sample: [() => sample<number>(3), [3, 1, 2]],
};

describe('sends to a stage that emits when its input has ended', () => {
  noUnhandled();

  for (const [name, [make, items]] of Object.entries(stages)) {
    it(`are answered when ${name} has taken them, one by one or all at once`, async () => {
      const taken: number[] = [];
      const producer = push(make(), (x: number) => taken.push(x), { backlog: 3 });
      expect(await producer.send(3)).to.equal(undefined);
      const sends = [producer.send(1), producer.send(2)];
      expect(await Promise.all(sends)).to.deep.equal([undefined, undefined]);
      expect(taken).to.deep.equal([]);
      await producer.close();
      expect(taken).to.deep.equal(items);
    });

    it(`are answered once when a stage behind ${name} holds what it emits`, async () => {
      const taken: number[][] = [];
      const producer = push(make(), batch<number>(2), (some: number[]) => taken.push(some), {
        backlog: 3,
      });
      const sends = [3, 1, 2].map((x) => producer.send(x));
      expect(await Promise.all(sends)).to.deep.equal([undefined, undefined, undefined]);
      await producer.close();
      expect(taken).to.deep.equal([items.slice(0, 2), items.slice(2)]);
    });
  }
});

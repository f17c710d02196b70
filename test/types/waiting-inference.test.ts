import { expect } from 'chai';
import {
  batch,
  buffer,
  delay,
  flatMap,
  interval,
  map,
  pipeline,
  take,
  throttle,
  timeout,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

describe('types are inferred without annotations, too', () => {
  it('through what waits and works side by side', async () => {
    const result = await pipeline(
      interval({ everyMs: 1, firstMs: 0 }),
      take(2),
      map(async (x) => ({ id: x }), { concurrency: 2, order: (x) => x.toFixed(1) }),
      throttle({ items: 5, perMs: 1 }),
      buffer({ size: 2, when: 'drop-oldest', onDrop: ({ id }) => id.toFixed(1) }),
      flatMap(({ id }) => [`${id}`], { concurrency: 2, order: ({ id }) => id }),
      delay({ delayMs: 0 }),
      timeout({ firstMs: 1000 }),
      batch(1, { maxDelayMs: 10 }),
      toArray(),
    );
    expect(exactly<string[][]>()(result)).to.deep.equal([['0'], ['1']]);
  });
});

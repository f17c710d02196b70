import { expect } from 'chai';
import fc from 'fast-check';
import { sample } from '../../lib/operators/sample.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { stageGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('sample', () => {
  noUnhandled();

  stageGives('sample gives all items when there are no more', ['b', 'a'], () => sample<string>(2), [
    'b',
    'a',
  ]);
  stageGives('sample of nothing gives nothing', [1, 2, 3], () => sample<number>(0), []);
  stageGives(
    'sample never lets a later item in where random is always high',
    [1, 2, 3, 4],
    () => sample<number>(2, { random: () => 0.999 }),
    [1, 2],
  );

  it('sample gives different items of the input, in the order they came, for any random', async () => {
    const property = fc.asyncProperty(
      fc.nat(50),
      fc.nat(20),
      fc.integer(),
      async (items, size, seed) => {
        const picked = await pipeline(
          range(0, items),
          sample(size, { random: seeded(seed) }),
          toArray(),
        );
        expect(picked).to.have.lengthOf(Math.min(items, size));
        expect(picked).to.deep.equal([...new Set(picked)].sort((a, b) => a - b));
        for (const item of picked) expect(item).to.be.within(0, items - 1);
      },
    );
    await fc.assert(property);
  });

  it('sample gives the same items for the same seed', () => {
    const run = (seed: number) => [...pull(range(0, 1000), sample(5, { random: seeded(seed) }))];
    expect(run(7)).to.deep.equal(run(7));
    expect(run(7)).to.not.deep.equal(run(8));
  });

  it('sample picks every item equally often', () => {
    const [items, size, runs] = [20, 5, 8000];
    const random = seeded(1);
    const counts = new Array<number>(items).fill(0);
    for (let run = 0; run < runs; run += 1)
      for (const item of pull(range(0, items), sample(size, { random }))) counts[item]! += 1;
    // Four standard deviations on either side.
    const expected = (runs * size) / items;
    const spread = 4 * Math.sqrt(expected * (1 - size / items));
    for (const seen of counts) expect(seen).to.be.within(expected - spread, expected + spread);
  });

  it('sample fails when random throws, at the item that it was asked for', async () => {
    const cause = new Error('broken on purpose');
    const random = () => {
      throw cause;
    };
    const error = await stageFailure(pipeline(['a', 'b'], sample(1, { random }), toArray()));
    expect(error).to.include({ index: 1, item: 'b', cause });
  });

  for (const size of [-1, 1.5, '5', undefined])
    refuses(
      `sample refuses ${size} (${typeof size}) as its size`,
      () => sample(size as never),
      `sample: size must be an integer from 0, got ${size}`,
    );
  refuses(
    'sample refuses a random that is no function',
    () => sample(1, { random: 5 as never }),
    'sample: random must be a function, got number',
  );
  refuses(
    'sample refuses options that are none',
    () => sample(1, Math.random as never),
    'sample: options must be an object',
  );

  it('sample infers its items', async () => {
    typed<string[]>()(await pipeline(['a'], sample(1), toArray()));
  });
});

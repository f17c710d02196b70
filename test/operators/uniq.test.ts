import { expect } from 'chai';
import fc from 'fast-check';
import { BoundError } from '../../lib/core/base/errors.js';
import { uniq } from '../../lib/operators/uniq.js';
import { count } from '../../lib/sinks/count.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

describe('uniq', () => {
  noUnhandled();

  stageGives(
    'uniq keeps the first item of each key',
    [1, 2, 1, 3, 2, 1],
    () => uniq<number>(),
    [1, 2, 3],
  );
  stageGives(
    'uniq compares keys as a Set does',
    [Number.NaN, 0, -0, Number.NaN, '0', undefined, undefined],
    () => uniq(),
    [Number.NaN, 0, '0', undefined],
  );
  stageGives(
    'uniq takes key for what is compared, however far apart the items are',
    ['a', 'b', 'c', 'A', 'C'],
    () => uniq({ key: (text: string) => text.toLowerCase() }),
    ['a', 'b', 'c'],
  );
  stageGives(
    'uniq lets through as many keys as maxKeys, and all their duplicates',
    [1, 2, 2, 1],
    () => uniq<number>({ maxKeys: 2 }),
    [1, 2],
  );

  it('uniq fails at the item whose key is one too many, and says what to do', async () => {
    const error = await stageFailure(
      pipeline(['a', 'b', 'a', 'c'], uniq({ maxKeys: 2 }), toArray()),
    );
    expect(error).to.include({ index: 3, item: 'c' });
    expect(error.cause).to.be.instanceOf(BoundError);
    expect(error.message).to.equal(
      'uniq (stage 1) failed on item 3: more than 2 distinct keys; raise maxKeys, or use dedupe({ within }), which forgets the oldest',
    );
  });

  it('uniq gives what a Set gives', async () => {
    const property = fc.asyncProperty(fc.array(fc.nat(20)), async (items) => {
      expect(await pipeline(items, uniq(), toArray())).to.deep.equal([...new Set(items)]);
    });
    await fc.assert(property);
  });

  it('uniq takes no more distinct keys than a Set can hold', async () => {
    const run = pipeline(range(0, 1000), uniq({ maxKeys: 2 ** 24 }), count());
    expect(await run).to.equal(1000);
  });
  refuses(
    'uniq refuses a maxKeys that no Set can hold',
    () => uniq({ maxKeys: 2 ** 24 + 1 }),
    'uniq: maxKeys must be at most 16777216',
  );
  for (const value of [0, -1, 1.5, '5'])
    refuses(
      `uniq refuses ${value} (${typeof value}) as maxKeys`,
      () => uniq({ maxKeys: value as never }),
      `uniq: maxKeys must be an integer from 1, got ${value}`,
    );
  refuses(
    'uniq refuses a key that is no function',
    () => uniq({ key: 'id' as never }),
    'uniq: key must be a function',
  );

  it('uniq infers its items', async () => {
    const records = [{ id: 1 }, { id: 1 }];
    const out = await pipeline(
      records,
      uniq({ key: (record) => typed<number>()(record.id) }),
      toArray(),
    );
    expect(typed<{ id: number }[]>()(out)).to.deep.equal([{ id: 1 }]);
  });
});

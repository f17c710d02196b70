import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { top } from '../../lib/operators/top.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives } from '../helpers/gives.js';
import { itemCallback } from '../helpers/item-callback.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

const asItIs = (item: unknown) => item;

describe('top', () => {
  noUnhandled();

  stageGives(
    'top gives the greatest first',
    [3, 1, 4, 1, 5, 9],
    () => top<number>(3, asItIs),
    [9, 5, 4],
  );
  stageGives(
    'top gives all items when there are no more',
    [1, 2],
    () => top<number>(5, asItIs),
    [2, 1],
  );
  stageGives(
    'top goes by the items themselves unless it is told by what',
    ['b', 'c', 'a'],
    () => top<string>(2),
    ['c', 'b'],
  );
  stageGives('top of nothing gives nothing', [1, 2], () => top<number>(0, asItIs), []);
  stageGives(
    'top ascending gives the least first',
    ['ccc', 'a', 'bb'],
    () => top(2, (text: string) => text.length, { ascending: true }),
    ['a', 'bb'],
  );
  stageGives(
    'top gives of equal items those that came first, in the order they came',
    ['b1', 'a1', 'b2', 'a2', 'b3'],
    () => top(3, (text: string) => text[0]),
    ['b1', 'b2', 'b3'],
  );
  for (const ascending of [false, true])
    stageGives(
      `top gives what has no key last, when ascending is ${ascending}`,
      [undefined, 1, Number.NaN],
      () => top(2, asItIs, { ascending }),
      [1, undefined],
    );
  stageGives(
    'top takes compare for the order of keys',
    ['a', 'B', 'c'],
    () => top(2, (text: string) => [text], { compare: ([a = ''], [b = '']) => a.localeCompare(b) }),
    ['c', 'B'],
  );

  itemCallback({
    operator: 'top',
    parameter: 'by',
    optional: true,
    goOn: 0,
    run: (items, fn, options) => {
      const stage = top(3, fn, options);
      return pipeline(items, stage, toArray());
    },
  });

  it('top fails when compare throws', async () => {
    const cause = new Error('broken on purpose');
    const compare = () => {
      throw cause;
    };
    const run = pipeline(
      [1, 2],
      top(1, (x) => x, { compare }),
      toArray(),
    );
    expect(await stageFailure(run)).to.include({ index: 1, item: 2, cause });
  });

  it('top holds no more than its size', () => {
    const script = `
      import { map, pipeline, range, toArray, top } from './dist/lib/index.js';
      const record = (id) => ({ id, text: String(id).padEnd(1000, '.').toUpperCase() });
      const ids = await pipeline(range(0, 100_000), map(record), top(3, ({ id }) => id), map(({ id }) => id), toArray());
      console.log(ids.join());`;
    const args = ['--max-old-space-size=30', '--input-type=module', '-e', script];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stdout, status }).to.deep.equal({ stdout: '99999,99998,99997\n', status: 0 });
  });

  for (const size of [-1, 1.5, '5', undefined])
    refuses(
      `top refuses ${size} (${typeof size}) as its size`,
      () => top(size as never, asItIs),
      `top: size must be an integer from 0, got ${size}`,
    );
  refuses(
    'top refuses a compare that is no function',
    () => top(1, asItIs, { compare: 5 as never }),
    'top: compare must be a function, got number',
  );

  it('top infers its items and keys', async () => {
    const records = [{ id: 1, name: 'a' }];
    const out = await pipeline(
      records,
      top(1, (record) => record.name, { compare: (a, b) => typed<string>()(a).localeCompare(b) }),
      toArray(),
    );
    expect(typed<{ id: number; name: string }[]>()(out)).to.deep.equal(records);
  });
});

import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { dedupe } from '../../lib/operators/dedupe.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { refuses } from '../helpers/refuses.js';
import { refusesCounts } from '../helpers/refuses-counts.js';
import { stageFailure } from '../helpers/rejection.js';
import { typed } from '../helpers/typed.js';

const object = { a: 1 };

describe('dedupe', () => {
  stageGives(
    'dedupe() drops duplicates in a row, and keeps later ones',
    [1, 1, 2, 2, 2, 1],
    () => dedupe(),
    [1, 2, 1],
  );
  stageGives('dedupe() of nothing emits nothing', [], () => dedupe(), []);
  stageGives(
    'dedupe() compares as a Set does',
    [Number.NaN, Number.NaN, 0, -0, undefined, undefined, '0', object, object, { a: 1 }],
    () => dedupe(),
    [Number.NaN, 0, undefined, '0', object, { a: 1 }],
  );
  stageGives(
    'dedupe({ key }) compares what key answers, and keeps the first item of each run',
    ['a', 'A', 'b', 'B', 'a'],
    () => dedupe({ key: (text) => text.toLowerCase() }),
    ['a', 'b', 'a'],
  );
  stageGivesLater(
    'dedupe({ key }) waits for a promise of key, and compares what it resolves to',
    ['a', 'A', 'b'],
    () => dedupe({ key: async (text) => text.toLowerCase() }),
    ['a', 'b'],
  );
  stageGives(
    'dedupe({ within }) drops what is among that many distinct keys',
    [1, 2, 1, 2, 3, 2, 1],
    () => dedupe({ within: 2 }),
    [1, 2, 3, 1],
  );
  stageGives(
    'dedupe({ within }) counts distinct keys, not items',
    [1, 2, 2, 2, 2, 1],
    () => dedupe({ within: 2 }),
    [1, 2],
  );
  stageGives(
    'dedupe({ within }) forgets the key seen longest ago, where being dropped counts as being seen',
    ['a', 'b', 'a', 'c', 'a', 'b'],
    () => dedupe({ within: 2 }),
    ['a', 'b', 'c', 'b'],
  );
  stageGives(
    'dedupe({ key, within }) does both',
    ['a', 'B', 'A', 'b', 'c', 'a'],
    () => dedupe({ key: (text) => text.toLowerCase(), within: 2 }),
    ['a', 'B', 'c', 'a'],
  );
  stageGives(
    'dedupe({ within }) may remember more than ever comes',
    [3, 1, 2, 1, 3],
    () => dedupe({ within: 1_000_000 }),
    [3, 1, 2],
  );

  refusesCounts(
    (within) => `dedupe({ within: ${within} })`,
    (within) => dedupe({ within }),
    { who: 'dedupe', name: 'within', least: 1, none: null },
  );

  for (const key of [null, 'id', {}]) {
    refuses(
      `dedupe({ key: ${JSON.stringify(key)} }) is refused at the call`,
      () => dedupe({ key: key as never }),
      `dedupe: key must be a function, got ${key === null ? 'null' : typeof key}`,
    );
  }

  it('dedupe({ key }) calls key with the item and { signal }, for dropped items too', async () => {
    const calls: unknown[] = [];
    const key = (...args: [number, { signal: AbortSignal }]) => {
      calls.push([args[0], args[1].signal.aborted, args.length]);
      return 'same';
    };
    expect(await pipeline([1, 2], dedupe({ key }), toArray())).to.deep.equal([1]);
    expect(calls).to.deep.equal([
      [1, false, 2],
      [2, false, 2],
    ]);
  });

  const cause = new Error('broken on purpose');
  const failing = {
    throws: () => {
      throw cause;
    },
    rejects: () => Promise.reject(cause),
  };
  for (const [how, key] of Object.entries(failing)) {
    it(`dedupe({ key }) fails, naming itself and the item, when key ${how}`, async () => {
      const error = await stageFailure(pipeline(['a'], dedupe({ key }), toArray()));
      expect(error.stage).to.deep.equal({ name: 'dedupe', position: 1 });
      expect(error).to.include({ index: 0, item: 'a', cause });
    });
  }

  it('dedupe({ name }) goes by that name in errors', async () => {
    const stage = dedupe({ key: failing.throws, name: 'mine' });
    const error = await stageFailure(pipeline(['a'], stage, toArray()));
    expect(error.stage.name).to.equal('mine');
  });

  it('dedupe infers its items', async () => {
    const records = [{ id: 1, text: 'a' }];
    typed<{ id: number; text: string }[]>()(
      await pipeline(records, dedupe({ key: (record) => typed<number>()(record.id) }), toArray()),
    );
  });

  it('dedupe({ within }) gives what remembering the latest keys in a list gives', async () => {
    const within = 5;
    const items = Array.from({ length: 3000 }, (_, at) => (at * at + (at >> 3)) % 17);
    let latest: number[] = [];
    const expected = items.filter((item) => {
      const known = latest.includes(item);
      latest = [item, ...latest.filter((other) => other !== item)].slice(0, within);
      return !known;
    });
    expect(expected.length).to.be.within(100, 2900);
    expect(await pipeline(items, dedupe({ within }), toArray())).to.deep.equal(expected);
  });
});

describe('dedupe over many items with the same keys', () => {
  it('dedupe({ within }) holds no more than its bound when keys repeat', () => {
    const script = `
      import { count, dedupe, map, pipeline, range } from './dist/lib/index.js';
      const few = pipeline(range(0, 2e6), map((x) => x % 500), dedupe({ within: 1000 }), count());
      const one = pipeline(range(0, 2e6), map(() => 1), dedupe(), count());
      console.log(await few, await one);`;
    const args = ['--max-old-space-size=40', '--input-type=module', '-e', script];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stdout, status }).to.deep.equal({ stdout: '500 1\n', status: 0 });
  });
});

import { expect } from 'chai';
import {
  type BranchResult,
  balance,
  branch,
  broadcast,
  compose,
  count,
  filter,
  forEach,
  groupBy,
  hub,
  map,
  partition,
  pipeline,
  push,
  range,
  reduce,
  toArray,
} from '../../lib/index.js';
import { exactly } from './same.js';

const add = (sum: number, x: number): number => sum + x;

describe('types of what spreads items are inferred', () => {
  it('through partition by predicate, as a pair', async () => {
    const pair = await pipeline(
      range(0, 4),
      map((x) => x * 2),
      partition(
        (x) => x > 2,
        reduce((sum, x) => sum + x, 0),
        compose(
          map((x) => `${x}`),
          toArray(),
        ),
      ),
    );
    expect(exactly<[number, string[]]>()(pair)).to.deep.equal([10, ['0', '2']]);
  });

  it('through partition by key, as an object of results', async () => {
    const results = await pipeline(
      ['a', 'bb'],
      map((text) => ({ text, kind: text.length > 1 ? ('long' as const) : ('short' as const) })),
      partition(({ kind }) => kind, {
        short: forEach(({ text }) => text.length),
        long: compose(
          map(({ text }) => text),
          toArray(),
        ),
      }),
    );
    exactly<{ short: void; long: string[] }>()(results);
    expect(results).to.deep.equal({ short: undefined, long: ['bb'] });
  });

  it('through partition by key with an otherwise, which lets the key be anything', async () => {
    const results = await pipeline(
      ['a', 'bb'],
      partition((text) => text, { a: count(), otherwise: toArray() }),
    );
    exactly<{ a: number; otherwise: string[] }>()(results);
    expect(results).to.deep.equal({ a: 1, otherwise: ['bb'] });
  });

  it('through partition by a Map, as a Map of results', async () => {
    const results = await pipeline(
      range(0, 3),
      partition(
        (x) => x > 0,
        new Map([
          [true, count()],
          [false, count()],
        ]),
        { buffer: 1 },
      ),
    );
    expect(exactly<Map<boolean, number>>()(results).get(true)).to.equal(2);
  });

  it('through balance, as a tuple, or as an array when the sinks are one', async () => {
    const tuple = await pipeline(
      range(0, 4),
      balance(
        reduce((sum, x) => sum + x, 0),
        compose(
          map((x) => `${x}`),
          toArray(),
        ),
        { buffer: 1 },
      ),
    );
    exactly<[number, string[]]>()(tuple);
    const workers = Array.from({ length: 3 }, () => reduce(add, 0));
    const sums = await pipeline(range(0, 4), balance(...workers));
    expect(exactly<number[]>()(sums).reduce(add)).to.equal(6);
  });

  it('through groupBy, as a Map of results, or of arrays of them', async () => {
    const groups = await pipeline(
      ['a', 'bb', 'c'],
      groupBy(
        (text) => text.length,
        (length) =>
          compose(
            map((text: string) => text.repeat(length)),
            toArray(),
          ),
      ),
    );
    exactly<Map<number, string[]>>()(groups);
    expect(groups.get(2)).to.deep.equal(['bbbb']);
    const aging = await pipeline(
      ['a', 'bb'],
      groupBy(
        (text) => text.length,
        () => count(),
        { groups: 1, when: 'end-oldest' },
      ),
    );
    expect(exactly<Map<number, number[]>>()(aging).get(1)).to.deep.equal([1]);
  });

  it('through branch, as a record, beside plain branches of a broadcast', async () => {
    const [plain, record] = await pipeline(
      range(0, 3),
      broadcast(
        reduce((sum, x) => sum + x, 0),
        branch(
          compose(
            filter((x) => x > 0),
            toArray(),
          ),
          { when: 'drop-newest' },
        ),
      ),
    );
    exactly<number>()(plain);
    exactly<BranchResult<number[]>>()(record);
    expect(record).to.deep.equal({ status: 'fulfilled', value: [1, 2], dropped: 0 });
  });

  it('through a hub and what joins it', async () => {
    const all = hub<number>();
    const member = all.join(reduce((sum, x) => sum + x, 0));
    exactly<number>()((await pipeline(range(0, 3), all)).dropped);
    const record = exactly<BranchResult<number>>()(await member.result);
    expect(record).to.deep.include({ status: 'fulfilled', value: 3 });
  });

  it('to the answer of a send', async () => {
    const routed = push(
      map((x: number) => x + 1),
      partition((x) => x > 1, reduce(add, 0), reduce(add, 0)),
    );
    exactly<number | undefined>()(await routed.send(1));
    exactly<[number, number]>()(await routed.close());
    const shared = push(balance(reduce(add, 0), reduce(add, 0)));
    expect(exactly<number | undefined>()(await shared.send(3))).to.equal(3);
    await shared.close();
  });
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { map } from '../../lib/operators/map.js';
import { sort } from '../../lib/operators/sort.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { pull } from '../../lib/streams/pull.js';
import { busy } from '../helpers/busy.js';
import { stageGives, stageGivesLater } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { refuses } from '../helpers/refuses.js';
import { stageFailure } from '../helpers/rejection.js';
import { Turns } from '../helpers/turns.js';
import { typed } from '../helpers/typed.js';

interface Day {
  readonly date: string;
  readonly rain: number | undefined;
}

const days: readonly Day[] = [
  { date: 'c', rain: 2 },
  { date: 'a', rain: undefined },
  { date: 'b', rain: 1 },
  { date: 'd', rain: 2 },
];
const dates = (...names: string[]) => names.map((name) => days.find(({ date }) => date === name));

describe('sort', () => {
  noUnhandled();

  stageGives(
    'sort puts items in their natural order',
    [10, 9, -1, 100],
    () => sort<number>(),
    [-1, 9, 10, 100],
  );
  stageGives(
    'sort by a key puts what has none last, and leaves equal items as they came',
    days,
    () => sort<Day, number | undefined>({ by: ({ rain }) => rain }),
    dates('b', 'c', 'd', 'a') as Day[],
  );
  stageGives(
    'sort in descending order leaves equal items as they came, and what has no key last',
    days,
    () => sort<Day, number | undefined>({ by: ({ rain }) => rain, descending: true }),
    dates('c', 'd', 'b', 'a') as Day[],
  );
  stageGives(
    'sort by several keys',
    days,
    () => sort<Day, unknown>({ by: ({ rain, date }) => [rain ?? 0, date] }),
    dates('a', 'b', 'c', 'd') as Day[],
  );
  stageGives(
    'sort with a compare of keys',
    ['b', 'C', 'a'],
    () =>
      sort({ by: (text: string) => [text], compare: ([a = ''], [b = '']) => b.localeCompare(a) }),
    ['C', 'b', 'a'],
  );
  stageGivesLater(
    'sort waits for promised keys',
    [3, 1, 2],
    () => sort({ by: async (x: number) => turn(-x) }),
    [3, 2, 1],
  );
  const long = Array.from({ length: 5000 }, (_, at) => (at * 7919) % 5003);
  stageGives(
    'sort puts more items in order than it sorts at once',
    long,
    () => sort<number>(),
    [...long].sort((a, b) => a - b),
  );

  it('sort calls by once for each item, with { signal }', async () => {
    const seen: unknown[] = [];
    const by = (item: number, { signal }: { signal: AbortSignal }) => {
      seen.push(item, signal.aborted);
      return item;
    };
    await pipeline([2, 1, 3], sort({ by, maxItems: 1, maxRuns: 2 }), drain());
    expect(seen).to.deep.equal([2, false, 1, false, 3, false]);
  });

  it('sort emits nothing before its input has ended', async () => {
    const log: string[] = [];
    const items = function* () {
      for (const item of [2, 1]) yield item;
      log.push('ended');
    };
    const seen = map((x: number) => log.push(`item ${x}`));
    await pipeline(items, sort(), seen, drain());
    expect(log).to.deep.equal(['ended', 'item 1', 'item 2']);
  });

  it('sort keeps compare from being asked about undefined', async () => {
    const compare = (a: number, b: number): number => {
      expect([a, b]).to.not.include(undefined);
      return a - b;
    };
    const items = [undefined, 2, undefined, 1] as number[];
    expect(await pipeline(items, sort({ compare }), toArray())).to.deep.equal([
      1,
      2,
      undefined,
      undefined,
    ]);
  });

  it('sort takes NaN from compare for equal, and loses no item', async () => {
    const items = Array.from({ length: 3000 }, (_, at) => at);
    const sorted = await pipeline(items, sort({ compare: () => Number.NaN }), toArray());
    expect(sorted).to.deep.equal(items);
  });

  it('sort lets the event loop turn while it compares', async () => {
    const turns = new Turns();
    const by = (x: number) => {
      busy(1);
      return -x;
    };
    await pipeline(range(0, 100), sort({ by }), drain());
    expect(turns.stop()).to.be.at.least(3);
  });

  it('sort fails by name when compare throws', async () => {
    const cause = new Error('broken on purpose');
    const compare = () => {
      throw cause;
    };
    const error = await stageFailure(pipeline([1, 2], sort({ compare, name: 'mine' }), drain()));
    expect(error).to.deep.include({
      stage: { name: 'mine', position: 1 },
      index: undefined,
      cause,
    });
  });

  it('sort says what to do when items have no order', async () => {
    const error = await stageFailure(pipeline([{}, {}], sort(), drain()));
    expect(error.message).to.match(/^sort \(stage 1\) failed: objects can't be put in order/);
  });

  it('sort leaves the errors of what is upstream their name and identity', async () => {
    const cause = new Error('upstream');
    const items = map((x: number): number => {
      if (x === 2) throw cause;
      return x;
    });
    const error = await stageFailure(pipeline([1, 2], items, sort(), drain()));
    expect(error).to.deep.include({ stage: { name: 'map', position: 1 }, cause });
  });

  it('sort ends with what has come when the run is stopped', async () => {
    const controller = new AbortController();
    const items = async function* () {
      yield 2;
      yield 1;
      controller.abort();
      yield 3;
    };
    const run = pipeline(items, sort<number>(), toArray(), { stop: controller.signal });
    const sorted = await run;
    expect(sorted).to.deep.equal(sorted.toSorted());
    expect(sorted.slice(0, 2)).to.deep.equal([1, 2]);
  });

  it('sort can be pulled as long as it needs no file', () => {
    expect([...pull([3, 1, 2], sort<number>(), take(2))]).to.deep.equal([1, 2]);
    expect(() => [...pull([3, 1, 2], sort<number>({ maxItems: 2 }))])
      .to.throw()
      .with.property('cause')
      .with.property('code', 'ERR_SLUICE_ASYNC');
  });

  it('sort infers its items and keys', async () => {
    const sorted = await pipeline(
      days,
      sort({ by: (day) => typed<Day>()(day).date, compare: (a, b) => (a < b ? -1 : 1) }),
      toArray(),
    );
    typed<Day[]>()(sorted);
    expect(sorted).to.deep.equal(dates('a', 'b', 'c', 'd'));
    expect(
      await pipeline(days, sort({ compare: (a, b) => a.date.localeCompare(b.date) }), count()),
    ).to.equal(4);
  });

  for (const fn of ['by', 'compare', 'pack', 'unpack'])
    refuses(
      `sort refuses ${fn} when it is no function`,
      () => sort({ [fn]: 'name' as never }),
      `sort: ${fn} must be a function, got string`,
    );
  for (const bound of ['maxBytes', 'maxItems'])
    for (const value of [0, 1.5, '5'])
      refuses(
        `sort refuses ${value} (${typeof value}) as ${bound}`,
        () => sort({ [bound]: value as never }),
        `sort: ${bound} must be an integer from 1, got ${value}`,
      );
  refuses(
    'sort refuses maxRuns below 2',
    () => sort({ maxRuns: 1 }),
    'maxRuns must be an integer from 2',
  );
  refuses(
    'sort refuses a folder that is no path',
    () => sort({ folder: 5 as never }),
    'sort: folder must be a string',
  );
  refuses(
    'sort refuses pack without unpack',
    () => sort({ pack: (item: unknown) => item }),
    'sort: pack and unpack must be given together',
  );
  refuses(
    'sort refuses options that are none',
    () => sort(5 as never),
    'sort: options must be an object',
  );
});

import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { Deferred } from '../../lib/core/base/deferred.js';
import { RouteError } from '../../lib/core/base/errors.js';
import { partition } from '../../lib/junctions/partition.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { sinkGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';

const isEven = (x: number): boolean => x % 2 === 0;

describe('partition', () => {
  noUnhandled();
  const cause = new Error('on purpose');
  const refuse = (): never => {
    throw cause;
  };

  sinkGives(
    'partition by a predicate results in a pair: those that pass first',
    [1, 2, 3, 4],
    () => partition(isEven, toArray<number>(), toArray<number>()),
    [
      [2, 4],
      [1, 3],
    ],
  );
  sinkGives(
    'partition waits for promises of its route, and keeps the order',
    [3, 2, 1, 0],
    () => partition(async (x) => turn(isEven(x)), toArray<number>(), toArray<number>()),
    [
      [2, 0],
      [3, 1],
    ],
  );
  sinkGives(
    'partition by key results in an object with the same keys',
    ['a', 'bb', 'c'],
    () =>
      partition((text: string) => text as 'a' | 'bb' | 'c', {
        a: count(),
        bb: toArray(),
        c: first(),
      }),
    { a: 1, bb: ['bb'], c: 'c' },
  );
  sinkGives(
    'partition by key takes numbers for the keys of an object',
    [1, 2, 1],
    () => partition((x: number) => x as 1 | 2, { 1: count(), 2: count() }),
    { 1: 2, 2: 1 },
  );
  sinkGives(
    'partition gives what has no branch to otherwise',
    ['a', 'toString', '__proto__', 'b'],
    () => partition((text: string) => text, { a: toArray(), otherwise: toArray() }),
    { a: ['a'], otherwise: ['toString', '__proto__', 'b'] },
  );
  sinkGives(
    'partition by a Map takes any keys and results in a Map',
    [Number.NaN, undefined, 5],
    () =>
      partition(
        (x: number | undefined) => x as unknown,
        new Map<unknown, ReturnType<typeof count>>([
          [Number.NaN, count()],
          [undefined, count()],
          ['otherwise', count()],
        ]),
      ),
    new Map<unknown, number>([
      [Number.NaN, 1],
      [undefined, 1],
      ['otherwise', 1],
    ]),
  );

  it('partition fails at an item that has no branch, and names it', async () => {
    const counted = new Counted();
    const route = (x: number) => (x < 2 ? 'low' : `high ${x}`);
    const sink = partition(route as () => 'low', { low: count() });
    const error = await stageFailure(pipeline(counted.later(), sink));
    expect(error).to.deep.include({ stage: { name: 'partition(route)', position: 1 }, index: 2 });
    expect(error.item).to.equal(2);
    expect(error.cause).to.be.instanceOf(RouteError).with.property('key', 'high 2');
    expect(error.message).to.include("no branch for 'high 2'");
    expect(counted.closed).to.equal(true);
  });

  refuses(
    'partition refuses a route that is no function',
    () => partition('key' as never, count(), count()),
    'partition: route must be a function, got string',
  );
  refuses(
    'partition refuses a predicate with one sink',
    () => partition(isEven, count(), undefined as never),
    'partition: a branch must be a sink',
  );
  refuses(
    'partition refuses an object without branches',
    () => partition(() => 'a' as never, {}),
    'partition: needs at least 1 branch, got 0',
  );
  for (const how of ['by predicate', 'by key']) {
    refuses(
      `partition ${how} refuses 0 as buffer`,
      () =>
        how === 'by key'
          ? partition(() => 'a' as const, { a: count() }, { buffer: 0 })
          : partition(isEven, count(), count(), { buffer: 0 }),
      'partition: buffer must be an integer from 1, got 0',
    );
  }

  for (const [how, route] of Object.entries({
    'at once': isEven,
    later: async (x: number) => isEven(x),
  })) {
    it(`partition goes on past a slow branch until an item for it finds no room (${how})`, async () => {
      const gated = new Gated();
      const odd: number[] = [];
      const counted = new Counted();
      const sink = partition(
        route,
        gated.sink,
        forEach((x: number) => void odd.push(x)),
        { buffer: 2 },
      );
      const run = pipeline(counted.items(), take(20), sink);
      // One at work, two that wait, one in hand: 0, 2, 4, 6.
      expect(await quiet(() => counted.asked)).to.equal(7);
      expect(odd).to.deep.equal([1, 3, 5]);
      await gated.next();
      await quiet(() => counted.asked);
      expect(counted.asked).to.equal(9);
      await gated.finish(run);
      expect(gated.begun).to.deep.equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
      expect(odd).to.have.lengthOf(10);
    });

    it(`partition fails by name when its route fails (${how})`, async () => {
      const counted = new Counted();
      const failing = how === 'later' ? async () => refuse() : refuse;
      const run = pipeline(counted.later(), partition(failing, drain(), drain(), { name: 'fork' }));
      const error = await stageFailure(run);
      expect(error).to.deep.include({ stage: { name: 'fork', position: 1 }, index: 0, cause });
      expect(counted.closed).to.equal(true);
    });
  }

  it('partition gives its route the item and { signal }', async () => {
    const calls: unknown[][] = [];
    const route = (...args: unknown[]) => calls.push(args) > 1;
    await pipeline(['a', 'b'], partition(route, drain(), drain()));
    expect(calls.map(([item]) => item)).to.deep.equal(['a', 'b']);
    for (const [, context] of calls)
      expect(context).to.have.nested.property('signal.aborted', false);
  });

  it('partition drops what comes for a branch that has ended early', async () => {
    const results = await pipeline(range(0, 6), partition(isEven, first<number>(), count()));
    expect(results).to.deep.equal([0, 3]);
  });

  it('partition lets go of the item in hand when its branch ends early', async () => {
    const gate = new Deferred<void>();
    const counted = new Counted();
    const even = compose(
      map(async (x: number) => {
        await gate.promise;
        return x;
      }),
      first<number>(),
    );
    const run = pipeline(
      counted.items(),
      take(10),
      partition(isEven, even, count(), { buffer: 1 }),
    );
    expect(await quiet(() => counted.asked)).to.equal(5);
    gate.resolve();
    expect(await run).to.deep.equal([0, 5]);
  });

  it('partition fails with the error of a branch while an item is in hand, and closes all', async () => {
    const stuck = new Stalled();
    const counted = new Counted();
    const run = rejection(
      pipeline(counted.items(), partition(isEven, stuck, drain(), { buffer: 1 })),
    );
    await quiet(() => counted.asked);
    stuck.destroy(cause);
    expect(await run).to.equal(cause);
    expect(counted.closed).to.equal(true);
  });

  it('partition aborts while a promise of its route is pending', async () => {
    const counted = new Counted();
    const abort = new AbortController();
    const sink = partition(() => new Promise<boolean>(() => {}), drain(), new Stalled());
    const run = rejection(pipeline(counted.items(), sink, { signal: abort.signal }));
    await quiet(() => counted.asked);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect(counted.closed).to.equal(true);
  });
});

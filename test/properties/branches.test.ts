import { expect } from 'chai';
import fc from 'fast-check';
import {
  type BranchPolicy,
  type BranchResult,
  balance,
  branch,
  broadcast,
  compose,
  flatMap,
  groupBy,
  hub,
  partition,
  pipeline,
  push,
  type Sink,
  take,
  tap,
} from '../../lib/index.js';
import { inOneSlice } from '../helpers/one-slice.js';
import { TIMEOUT_MS } from './timeout.js';
import type { Wait } from './wait.js';
import { expectSubsequence, fed, fedTogether, paces, upTo, Worker } from './worker.js';

const allPaces = fc.array(paces, { minLength: 1, maxLength: 4 });
const count = fc.nat({ max: 60 });
const buffer = fc.integer({ min: 1, max: 6 });

const asTheyAre = (items: number[]): number[] => items;

/** Runs n items into `sink` by pipeline, or by sends, each of which must be answered as `answered` says. */
async function run<R>(
  sink: Sink<number, R, unknown>,
  n: number,
  pace: readonly Wait[],
  sends: boolean,
  answered: (item: number, answer: unknown) => void,
): Promise<R> {
  if (!sends) return pipeline(fedTogether(n, pace), flatMap(asTheyAre), sink);
  const producer = push(sink);
  const sent: Promise<void>[] = [];
  for await (const item of fed(n, pace))
    sent.push(producer.send(item).then((answer) => answered(item, answer)));
  const result = await producer.close();
  await Promise.all(sent);
  return result as R;
}

const answersItself = (item: number, answer: unknown): void => {
  expect(answer).to.equal(item);
};

describe('random branches', function () {
  this.timeout(TIMEOUT_MS);
  inOneSlice();

  it('of a broadcast get all items in order, as many as each wants, and no more is asked for', async () => {
    const wants = fc.option(fc.nat({ max: 60 }), { nil: undefined });
    const property = fc.asyncProperty(
      count,
      fc.array(fc.record({ own: paces, most: wants }), { minLength: 1, maxLength: 4 }),
      paces,
      buffer,
      async (n, each, pace, room) => {
        const workers = each.map(({ own }) => new Worker(own));
        const sinks = workers.map(({ sink }, at) => {
          const most = each[at]?.most;
          return most === undefined ? sink : compose(take<number>(most), sink);
        });
        const passed: number[] = [];
        const join = broadcast as (...args: unknown[]) => Sink<number, unknown[]>;
        const seen = tap((item: number) => void passed.push(item));
        const source = fedTogether(n, pace);
        await pipeline(source, flatMap(asTheyAre), seen, join(...sinks, { buffer: room }));
        const most = each.map((one) => Math.min(n, one.most ?? n));
        expect(workers.map(({ taken }) => taken)).to.deep.equal(most.map(upTo));
        const last = Math.max(...most);
        // A branch that waits finds out late that it has enough: the others get on by their buffers.
        const waits = each.some(({ own }) => own.some((wait) => wait !== 'now'));
        expect(passed.length).to.be.within(last, waits ? Math.min(n, last + room + 1) : last);
      },
    );
    await fc.assert(property, { numRuns: 600 });
  });

  it('of a partition get all of their items, in order', async () => {
    const property = fc.asyncProperty(
      count,
      allPaces,
      paces,
      buffer,
      fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 9 }),
      fc.boolean(),
      fc.boolean(),
      async (n, each, pace, room, routes, later, sends) => {
        const workers = each.map((own) => new Worker(own));
        const keyOf = (item: number) => (routes[item % routes.length] as number) % workers.length;
        const table = new Map(workers.map(({ sink }, at) => [at, sink]));
        const route = (item: number) => (later ? Promise.resolve(keyOf(item)) : keyOf(item));
        const sink = partition(route, table, { buffer: room });
        await run(sink, n, pace, sends, answersItself);
        const expected = workers.map((_, at) => upTo(n).filter((item) => keyOf(item) === at));
        expect(workers.map(({ taken }) => taken)).to.deep.equal(expected);
      },
    );
    await fc.assert(property, { numRuns: 600 });
  });

  it('of a balance get every item once between them, each its own in order', async () => {
    const property = fc.asyncProperty(
      count,
      allPaces,
      paces,
      fc.nat({ max: 3 }),
      fc.boolean(),
      async (n, each, pace, room, sends) => {
        const workers = each.map((own) => new Worker(own));
        const sink = balance(...workers.map((worker) => worker.sink), { buffer: room });
        await run(sink, n, pace, sends, answersItself);
        const all = workers.flatMap(({ taken }) => taken).sort((a, b) => a - b);
        expect(all).to.deep.equal(upTo(n));
        for (const { taken } of workers) expectSubsequence(taken, upTo(n));
      },
    );
    await fc.assert(property, { numRuns: 600 });
  });

  it('of a groupBy get the items of their keys in order, however often a group is ended', async () => {
    const property = fc.asyncProperty(
      count,
      paces,
      paces,
      buffer,
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (n, own, pace, room, bound, keys, sends) => {
        const keyOf = (item: number) => keys[item % keys.length] as number;
        const made: { key: number; worker: Worker }[] = [];
        const make = (key: number) => {
          const worker = new Worker(own);
          made.push({ key, worker });
          return worker.sink;
        };
        const options = { groups: bound, when: 'end-oldest', buffer: room } as const;
        const groups = await run(groupBy(keyOf, make, options), n, pace, sends, answersItself);
        for (const key of new Set(keys)) {
          const mine = made.filter((group) => group.key === key);
          const taken = mine.flatMap(({ worker }) => worker.taken);
          expect(taken).to.deep.equal(upTo(n).filter((item) => keyOf(item) === key));
        }
        expect(groups.size).to.equal(0);
      },
    );
    await fc.assert(property, { numRuns: 600 });
  });
});

interface Spec {
  readonly pace: Wait[];
  readonly policy: BranchPolicy;
  readonly failAt: number | undefined;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  pace: paces,
  policy: fc.record({
    when: fc.constantFrom('block', 'drop-oldest', 'drop-newest'),
    buffer,
    onError: fc.constant('detach'),
  }),
  failAt: fc.option(fc.nat({ max: 40 }), { nil: undefined }),
});
const specs = fc.array(spec, { minLength: 1, maxLength: 4 });

/** What holds for every branch with a policy that was there from the first item. */
function expectAccounted(
  { taken }: Worker,
  { policy, failAt }: Spec,
  { status, dropped }: BranchResult<unknown>,
  n: number,
): void {
  const failed = status === 'rejected';
  expectSubsequence(taken, upTo(n));
  expect(failed).to.equal(taken.length === failAt && taken.length + dropped < n);
  expect(taken.length + dropped + Number(failed)).to.equal(n);
  if (policy.when === 'block' && !failed) expect(dropped).to.equal(0);
}

/** Workers whose branches have policies, one more that takes everything, and what a run feeds them. */
interface Policed {
  readonly n: number;
  readonly each: readonly Spec[];
  readonly workers: readonly Worker[];
  /** It keeps the run going when all others have failed. */
  readonly whole: Worker;
  readonly run: <R>(
    sink: Sink<number, R, unknown>,
    answered?: (item: number, answer: unknown) => void,
  ) => Promise<R>;
}

const policed = (check: (policed: Policed) => Promise<void>) =>
  fc.asyncProperty(count, specs, paces, fc.boolean(), async (n, each, pace, sends) => {
    const workers = each.map((one) => new Worker(one.pace, one.failAt));
    const whole = new Worker(['now']);
    const feed: Policed['run'] = (sink, answered = () => {}) => run(sink, n, pace, sends, answered);
    await check({ n, each, workers, whole, run: feed });
    expect(whole.taken).to.deep.equal(upTo(n));
  });

describe('random policies', function () {
  this.timeout(TIMEOUT_MS);

  it('account in a broadcast for every item: taken, dropped or failed on', async () => {
    const property = policed(async ({ n, each, workers, whole, run }) => {
      const sinks = workers.map(({ sink }, at) => branch(sink, each[at]?.policy));
      const join = broadcast as (...args: unknown[]) => Sink<number, unknown[], unknown>;
      const results = await run(join(...sinks, whole.sink), (item, answer) => {
        const takers = [...workers, whole].map(({ taken }) => taken.includes(item));
        expect(answer).to.deep.equal(takers.map((taken) => (taken ? item : undefined)));
      });
      workers.forEach((worker, at) => {
        expectAccounted(worker, each[at] as Spec, results[at] as BranchResult<unknown>, n);
      });
    });
    await fc.assert(property, { numRuns: 600 });
  });

  it('account in a hub for every item that came while the branch was there', async () => {
    const property = policed(async ({ n, each, workers, whole, run }) => {
      const all = hub<number>();
      const members = workers.map(({ sink }, at) => all.join(sink, each[at]?.policy));
      all.join(whole.sink);
      await run(all);
      const records = await Promise.all(members.map(({ result }) => result));
      workers.forEach(({ taken }, at) => {
        const { status, dropped } = records[at] as BranchResult<unknown>;
        expectSubsequence(taken, upTo(n));
        if (status === 'fulfilled') expect(taken.length + dropped).to.equal(n);
        else expect(taken.length + dropped).to.be.below(n);
      });
    });
    await fc.assert(property, { numRuns: 600 });
  });
});

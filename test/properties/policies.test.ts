import { expect } from 'chai';
import fc from 'fast-check';
import {
  deadLetter,
  type FailedItem,
  filter,
  flatMap,
  forEach,
  map,
  type OnError,
  pipeline,
  type Stage,
  StageError,
  tap,
} from '../../lib/index.js';
import { nodeRun } from '../helpers/node-run.js';
import { rejection } from '../helpers/rejection.js';
import { TIMEOUT_MS } from './timeout.js';
import { after, waits } from './wait.js';

const wait = fc.constantFrom(...waits);

/** A stage that passes numbers unchanged, and the items on which its callback fails. */
const stageSpec = fc.record({
  operator: fc.constantFrom('map', 'filter', 'tap', 'flatMap'),
  policy: fc.constantFrom('fail', 'skip', 'replace', 'deadLetter'),
  /** Which items it fails on, and how often before it does not. */
  bad: fc.uniqueArray(fc.nat(29), { maxLength: 6 }),
  times: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
  attempts: fc.integer({ min: 1, max: 3 }),
  /** Of map and flatMap. */
  concurrency: fc.constantFrom(1, 1, 2, 4),
  wait,
});

type StageSpec = typeof stageSpec extends fc.Arbitrary<infer T> ? T : never;

const plan = fc.record({
  count: fc.nat(30),
  stages: fc.array(stageSpec, { minLength: 1, maxLength: 4 }),
  buffer: fc.integer({ min: 1, max: 3 }),
  letterWait: wait,
});

type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never;

/** The final outcome of an item. */
interface Found {
  readonly delivered: number[];
  readonly skipped: number[];
  readonly letters: number[];
}

/** A replacement is its item plus 1000. */
const itemOf = (x: number): number => x % 1000;

type Fate = { readonly to: 'delivered' | 'skipped' | 'letters' | 'fatal'; readonly out: number };

const ends = { fail: 'fatal', skip: 'skipped', deadLetter: 'letters' } as const;

/** Computes the outcome of one item. */
function fateOf(item: number, stages: readonly StageSpec[]): Fate {
  let out = item;
  for (const { bad, times, attempts, policy, operator } of stages) {
    if (!bad.includes(item) || attempts > times) continue;
    if (policy !== 'replace') return { to: ends[policy], out: item };
    if (operator === 'map' || operator === 'flatMap') out = item + 1000;
  }
  return { to: 'delivered', out };
}

/** Computes the outcomes of all items, up to the first that fails the run. */
function expected({ count, stages }: Plan): Found & { fatal?: number } {
  const found: Found = { delivered: [], skipped: [], letters: [] };
  for (let item = 0; item < count; item += 1) {
    const { to, out } = fateOf(item, stages);
    if (to === 'fatal') return { ...found, fatal: item };
    found[to].push(out);
  }
  return found;
}

/** A failing run fails at that item, and what has come through by then is right. */
function expectFailed(drawn: Plan, found: Found, error: unknown, turns: boolean): void {
  expect(error).to.be.instanceOf(StageError);
  const { fatal, letters } = expected(drawn);
  const stages = drawn.stages.filter(({ policy }) => policy !== 'fail');
  const { delivered } = expected({ ...drawn, stages });
  expect(found.delivered).to.deep.equal(delivered.slice(0, found.delivered.length));
  // Otherwise another item may be the first to fail.
  if (!turns) return;
  expect((error as StageError).cause).to.have.property('message', `${fatal}`);
  expect(found.letters).to.deep.equal(letters.slice(0, found.letters.length));
  // What the dead letter holds is lost.
  const held = drawn.buffer + 1 + drawn.stages.length;
  expect(letters.length - found.letters.length).to.be.at.most(held);
}

function build({ stages, buffer, letterWait }: Plan) {
  const found: Found = { delivered: [], skipped: [], letters: [] };
  const errors: StageError[] = [];
  const shared = deadLetter(
    forEach(({ item, error }: FailedItem<number>) =>
      after(letterWait, () => {
        errors.push(error);
        found.letters.push(itemOf(item));
      }),
    ),
    { buffer },
  );
  const made = stages.map((spec) => stageOf(spec, shared));
  return { found, errors, made };
}

function stageOf(
  { operator, policy, bad, times, attempts, concurrency, wait: how }: StageSpec,
  shared: ReturnType<typeof deadLetter<number>>,
): Stage<number, number> {
  const failures = new Map<number, number>();
  const check = (x: number): void => {
    const item = itemOf(x);
    const failed = failures.get(item) ?? 0;
    if (!bad.includes(item) || failed >= times) return;
    failures.set(item, failed + 1);
    throw new Error(`${item}`);
  };
  const retry = { attempts };
  const policies = { fail: 'fail', skip: 'skip', deadLetter: shared } as const;
  const options = <R>(replace: (x: number) => R) => ({
    retry,
    onError: (policy === 'replace'
      ? (_: unknown, x: number) => replace(x)
      : policies[policy]) as OnError<number, R>,
  });
  const call = <T>(x: number, answer: T) =>
    after(how, () => {
      check(x);
      return answer;
    });
  const marked = (x: number): number => itemOf(x) + 1000;
  const kinds = {
    map: () => map((x: number) => call(x, x), { ...options(marked), concurrency }),
    filter: () =>
      filter(
        (x: number) => call(x, true),
        options<unknown>(() => true),
      ),
    tap: () => tap((x: number) => call(x, x), options<unknown>(marked)),
    flatMap: () =>
      flatMap((x: number) => call(x, [x]), { ...options((x) => [marked(x)]), concurrency }),
  };
  return kinds[operator]() as Stage<number, number>;
}

/** Items fail one after another: streams run ahead of each other, and so do calls side by side. */
const inTurn = (how: string, { stages }: Plan): boolean =>
  how === FUSED && stages.every(({ concurrency }) => concurrency === 1);

const FUSED = 'fused by pipeline';

const ways = {
  [FUSED]: (parts: unknown[]) => pipeline(parts as never) as Promise<unknown>,
  "as streams in Node's pipeline": (parts: unknown[]) => nodeRun(parts),
};

describe('random failures under random policies', function () {
  this.timeout(TIMEOUT_MS);

  for (const [how, run] of Object.entries(ways)) {
    it(`deliver each item, drop it by policy, write it to the dead letter or name it in the error, once, ${how}`, async () => {
      const property = fc.asyncProperty(plan, async (drawn) => {
        const wanted = expected(drawn);
        const { found, errors, made } = build(drawn);
        const sink = forEach((x: number) => void found.delivered.push(x));
        const source = Array.from({ length: drawn.count }, (_, item) => item);
        const running = run([source, ...made, sink]);
        if (wanted.fatal !== undefined)
          return expectFailed(drawn, found, await rejection(running), inTurn(how, drawn));
        await running;
        expect(found.delivered).to.deep.equal(wanted.delivered);
        const inOrder = (items: readonly number[]) => [...items].sort((a, b) => a - b);
        expect(inOrder(found.letters)).to.deep.equal(wanted.letters);
        if (inTurn(how, drawn)) expect(found.letters).to.deep.equal(wanted.letters);
        expect(errors.map(({ cause }) => Number((cause as Error).message))).to.deep.equal(
          found.letters,
        );
        const everywhere = [...found.delivered.map(itemOf), ...found.letters, ...wanted.skipped];
        expect(inOrder(everywhere)).to.deep.equal(source);
      });
      await fc.assert(property, { numRuns: 500 });
    });
  }
});

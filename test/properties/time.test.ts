import { expect } from 'chai';
import fc from 'fast-check';
import { batch, buffer, debounce, delay, forEach, pipeline, throttle } from '../../lib/index.js';
import { ByHand } from '../helpers/by-hand.js';
import { FakeTime } from '../helpers/fake-time.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { Scheduler } from '../helpers/scheduler.js';
import { timedRun } from '../helpers/timed-run.js';
import { TIMEOUT_MS } from './timeout.js';

/** How long after the one before each item comes, in ms. */
const gaps = fc.array(fc.constantFrom(0, 0, 1, 5, 10, 25, 60), { maxLength: 14 });
const some = fc.integer({ min: 1, max: 4 });
const ms = fc.constantFrom(1, 10, 30, 50);

interface Arrival {
  readonly at: number;
  readonly item: number;
}

function arrivalsOf(between: readonly number[]): Arrival[] {
  let at = 0;
  return between.map((gap, item) => {
    at += gap;
    return { at, item };
  });
}

describe('random arrivals', function () {
  this.timeout(TIMEOUT_MS);
  noUnhandled();
  const time = new FakeTime();

  /** What comes out of a stage, with the times counted from the beginning of the run. */
  async function outOf<O>(
    stage: Parameters<typeof timedRun<number, O>>[2],
    arrivals: readonly Arrival[],
  ): Promise<[at: number, item: O][]> {
    const input = new ByHand<number>();
    const start = time.now;
    const { out, done } = timedRun<number, O>(time, input, stage);
    await time.settle();
    for (const { at, item } of arrivals) {
      await time.pass(at - (time.now - start));
      input.give(item);
      await time.settle();
    }
    input.end();
    await time.pass(2000);
    await done;
    return out.map(([at, item]) => [at - start, item]);
  }

  it('pass a throttle all, in order, never more than so many in any such time, none later than need be', async () => {
    const property = fc.asyncProperty(gaps, some, ms, async (between, items, perMs) => {
      const arrivals = arrivalsOf(between);
      const out = await outOf(throttle<number>({ items, perMs }), arrivals);
      expect(out.map(([, item]) => item)).to.deep.equal(arrivals.map(({ item }) => item));
      for (const [at, [when]] of out.entries())
        if (at >= items) expect(when - (out[at - items]?.[0] ?? 0)).to.be.at.least(perMs);
      expect(out.map(([when]) => when)).to.deep.equal(throttled(arrivals, items, perMs));
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('pass a delay all, in order, each that much later', async () => {
    const property = fc.asyncProperty(gaps, ms, async (between, delayMs) => {
      const arrivals = arrivalsOf(between);
      const out = await outOf(delay<number>({ delayMs }), arrivals);
      expect(out).to.deep.equal(arrivals.map(({ at, item }) => [at + delayMs, item]));
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('pass a batch all, in order, in arrays of no more than so many, none waiting longer than it may', async () => {
    const property = fc.asyncProperty(gaps, some, ms, async (between, size, maxDelayMs) => {
      const arrivals = arrivalsOf(between);
      const out = await outOf(batch<number>(size, { maxDelayMs }), arrivals);
      expect(out.flatMap(([, items]) => items)).to.deep.equal(arrivals.map(({ item }) => item));
      for (const [when, items] of out) {
        const [first] = items.map((item) => arrivals[item] as Arrival);
        const waited = when - (first as Arrival).at;
        expect(items.length).to.be.within(1, size);
        expect(waited).to.be.at.most(maxDelayMs);
        // A short one is one whose time is up, or the last.
        if (items.length < size && items.at(-1) !== arrivals.length - 1)
          expect(waited).to.equal(maxDelayMs);
      }
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('pass a debounce as the last of each burst', async () => {
    const property = fc.asyncProperty(gaps, ms, async (between, quietMs) => {
      const arrivals = arrivalsOf(between);
      const out = await outOf(debounce<number>({ quietMs }), arrivals);
      const last = arrivals.filter(({ at }, index) => {
        const next = arrivals[index + 1];
        return !next || next.at - at >= quietMs;
      });
      expect(out.map(([, item]) => item)).to.deep.equal(last.map(({ item }) => item));
    });
    await fc.assert(property, { numRuns: 150 });
  });
});

/** When each goes out: when it has come, the one before is out, and the one `items` before is so long ago. */
function throttled(arrivals: readonly Arrival[], items: number, perMs: number): number[] {
  const times: number[] = [];
  for (const { at } of arrivals) {
    const before = times[times.length - items];
    times.push(Math.max(at, times.at(-1) ?? 0, before === undefined ? 0 : before + perMs));
  }
  return times;
}

describe('random readers', function () {
  this.timeout(TIMEOUT_MS);

  it('take from a buffer all that it has not told of as dropped, in order, within its bound', async () => {
    const when = fc.constantFrom('block', 'drop-oldest', 'drop-newest');
    const property = fc.asyncProperty(
      fc.nat(30),
      some,
      when,
      fc.nat(),
      async (count, size, policy, seed) => {
        const scheduler = new Scheduler(seed);
        const given: number[] = [];
        const taken: number[] = [];
        const dropped: number[] = [];
        let mostHeld = 0;
        scheduler.rested = () => {
          mostHeld = Math.max(mostHeld, given.length - taken.length - dropped.length);
        };
        async function* source() {
          for (let item = 0; item < count; item += 1) {
            if (scheduler.pick(2) === 0) await scheduler.later(() => {});
            given.push(item);
            yield item;
          }
        }
        const stage = buffer<number>({ size, when: policy, onDrop: (item) => dropped.push(item) });
        const take = (item: number): unknown => {
          taken.push(item);
          return scheduler.later(() => {});
        };
        await scheduler.until(pipeline(source(), stage, forEach(take)));
        expect([...taken, ...dropped].sort((a, b) => a - b)).to.deep.equal(given);
        for (const items of [taken, dropped])
          expect(items).to.deep.equal([...items].sort((a, b) => a - b));
        if (policy === 'block') expect(dropped).to.deep.equal([]);
        // One more may be on its way in.
        expect(mostHeld).to.be.at.most(size + 1);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

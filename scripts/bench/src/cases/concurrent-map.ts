import { setImmediate } from 'node:timers';
import type { Case } from '../case.js';
import { numbers } from '../numbers.js';

const CONCURRENCY = 8;

/** Resolves after one turn of the event loop. */
const increment = (x: number): Promise<number> =>
  new Promise((resolve) => {
    setImmediate(resolve, x + 1);
  });
const add = (sum: number, x: number): number => sum + x;

export const concurrentMap: Case = {
  name: 'concurrent-map',
  title: 'map with an async function, eight at once',
  what: 'The integers below n: an async function adds one and answers after a turn of the event loop; sum.',
  unit: 'ns per item',
  sizes: [1e4, 1e5],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, pipeline, range, reduce } = await import('../sluice.js');
      return (items) =>
        pipeline(range(0, items), map(increment, { concurrency: CONCURRENCY }), reduce(add, 0));
    },

    'sluice, in order of completion': async () => {
      const { map, pipeline, range, reduce } = await import('../sluice.js');
      const options = { concurrency: CONCURRENCY, order: 'completion' } as const;
      return (items) => pipeline(range(0, items), map(increment, options), reduce(add, 0));
    },

    'hand-written loop': () => async (items) => {
      let sum = 0;
      let next = 0;
      const work = async (): Promise<void> => {
        while (next < items) {
          next += 1;
          const y = await increment(next - 1);
          sum += y;
        }
      };
      await Promise.all(Array.from({ length: CONCURRENCY }, work));
      return sum;
    },

    'one Transform per stage': async () => {
      const { Transform } = await import('node:stream');
      const { readable, sum } = await import('../node-streams.js');
      return (items) => {
        let running = 0;
        let go: () => void = () => {};
        const stage = new Transform({
          objectMode: true,
          transform(x: number, _encoding, done) {
            running += 1;
            const next = () => {
              go = () => {};
              done();
            };
            increment(x).then((y) => {
              running -= 1;
              this.push(y);
              go();
            }, done);
            if (running < CONCURRENCY) done();
            else go = next;
          },
          flush(done) {
            go = () => running === 0 && done();
            go();
          },
        });
        return sum(readable(items), stage);
      };
    },

    "Node's helpers": async () => {
      const { readable } = await import('../node-streams.js');
      return (items) => readable(items).map(increment, { concurrency: CONCURRENCY }).reduce(add, 0);
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) =>
        _(numbers(items))
          .map((x) => _(increment(x)))
          .mergeWithLimit(CONCURRENCY)
          .reduce(0, add)
          .toPromise(Promise);
    },

    async rxjs() {
      const { lastValueFrom, mergeMap, range, reduce } = await import('rxjs');
      return (items) =>
        lastValueFrom(range(0, items).pipe(mergeMap(increment, CONCURRENCY), reduce(add, 0)));
    },

    async IxJS() {
      const { range, sum } = await import('ix/asynciterable');
      const { flatMap } = await import('ix/asynciterable/operators');
      return (items) =>
        sum(range(0, items).pipe(flatMap(async (x) => [await increment(x)], CONCURRENCY)));
    },

    'streaming-iterables': async () => {
      const { parallelMap, reduce } = await import('streaming-iterables');
      return (items) => reduce(add, 0, parallelMap(CONCURRENCY, increment, numbers(items)));
    },

    'streaming-iterables, in order of completion': async () => {
      const { reduce, transform } = await import('streaming-iterables');
      return (items) => reduce(add, 0, transform(CONCURRENCY, increment, numbers(items)));
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      const options = { concurrency: CONCURRENCY };
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.mapEffect((x) => Effect.promise(() => increment(x)), options),
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { fromPromise, mergeMapConcurrently } = await import('@most/core');
      const { range, sum } = await import('../most.js');
      return (items) =>
        sum(mergeMapConcurrently((x) => fromPromise(increment(x)), CONCURRENCY, range(items)));
    },
  },
  leftOut:
    'generators, which work on one item at a time; stream-chain and streamx, which have no concurrency; CPython, whose ' +
    'generators do not wait for promises.',
};

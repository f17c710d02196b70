import type { Case } from '../case.js';
import { numbers } from '../numbers.js';

const increment = async (x: number): Promise<number> => x + 1;
const add = (sum: number, x: number): number => sum + x;

export const settledMap: Case = {
  name: 'settled-map',
  title: 'map with an async function that does not wait',
  what: 'The integers below n: an async function adds one, one at a time; sum.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, pipeline, range, reduce } = await import('../sluice.js');
      return (items) => pipeline(range(0, items), map(increment), reduce(add, 0));
    },

    'hand-written loop': () => async (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) sum += await increment(x);
      return sum;
    },

    generators: () => {
      async function* incremented(source: Iterable<number>) {
        for (const x of source) yield await increment(x);
      }
      return async (items) => {
        let sum = 0;
        for await (const x of incremented(numbers(items))) sum += x;
        return sum;
      };
    },

    'one Transform per stage': async () => {
      const { Transform } = await import('node:stream');
      const { readable, sum } = await import('../node-streams.js');
      return (items) => {
        const stage = new Transform({
          objectMode: true,
          transform(x: number, _encoding, done) {
            increment(x).then((y) => done(null, y), done);
          },
        });
        return sum(readable(items), stage);
      };
    },

    "Node's helpers": async () => {
      const { readable } = await import('../node-streams.js');
      return (items) => readable(items).map(increment).reduce(add, 0);
    },

    'stream-chain': async () => {
      const { sum } = await import('../chain.js');
      return (items) => sum([numbers, increment], items);
    },

    async streamx() {
      const { Transform } = await import('streamx');
      const { readable, sum } = await import('../streamx-streams.js');
      return (items) => {
        const stage = new Transform({
          async transform(x, done) {
            done(null, await increment(x as number));
          },
        });
        return sum(readable(items), stage);
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) =>
        _(numbers(items))
          .flatMap((x) => _(increment(x)))
          .reduce(0, add)
          .toPromise(Promise);
    },

    async rxjs() {
      const { concatMap, lastValueFrom, range, reduce } = await import('rxjs');
      return (items) => lastValueFrom(range(0, items).pipe(concatMap(increment), reduce(add, 0)));
    },

    async IxJS() {
      const { range, sum } = await import('ix/asynciterable');
      const { map } = await import('ix/asynciterable/operators');
      return (items) => sum(range(0, items).pipe(map(increment)));
    },

    'streaming-iterables': async () => {
      const { map, reduce } = await import('streaming-iterables');
      return (items) => reduce(add, 0, map(increment, numbers(items)));
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.mapEffect((x) => Effect.promise(() => increment(x))),
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { awaitPromises, map } = await import('@most/core');
      const { range, sum } = await import('../most.js');
      return (items) => sum(awaitPromises(map(increment, range(items))));
    },
  },
  leftOut:
    'CPython, whose generators do not wait for promises. rxjs and @most/core take all items in before the first is through.',
};

import type { Case } from '../case.js';
import { numbers } from '../numbers.js';
import { python } from '../programs.js';

const three = (x: number): number[] => [x, x + 1, x + 2];
const add = (sum: number, x: number): number => sum + x;

export const flatMap: Case = {
  name: 'flat-map',
  title: 'flatMap to arrays',
  what: 'The integers below n, each to an array of three; sum. The figures are per integer.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { flatMap, pipeline, range, reduce } = await import('../sluice.js');
      return (items) => pipeline(range(0, items), flatMap(three), reduce(add, 0));
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) for (const y of three(x)) sum += y;
      return sum;
    },

    generators: () => {
      function* flat(source: Iterable<number>) {
        for (const x of source) yield* three(x);
      }
      return (items) => {
        let sum = 0;
        for (const x of flat(numbers(items))) sum += x;
        return sum;
      };
    },

    'one Transform per stage': async () => {
      const { Transform } = await import('node:stream');
      const { readable, sum } = await import('../node-streams.js');
      return (items) => {
        const flat = new Transform({
          objectMode: true,
          transform(x: number, _encoding, done) {
            for (const y of three(x)) this.push(y);
            done();
          },
        });
        return sum(readable(items), flat);
      };
    },

    "Node's helpers": async () => {
      const { readable } = await import('../node-streams.js');
      return (items) => readable(items).flatMap(three).reduce(add, 0);
    },

    'stream-chain': async () => {
      const { many } = await import('stream-chain/defs.js');
      const { sum } = await import('../chain.js');
      return (items) => sum([numbers, (x: number) => many(three(x))], items);
    },

    async streamx() {
      const { Transform } = await import('streamx');
      const { readable, sum } = await import('../streamx-streams.js');
      return (items) => {
        const flat = new Transform({
          transform(x, done) {
            for (const y of three(x as number)) this.push(y);
            done(null, null);
          },
        });
        return sum(readable(items), flat);
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) =>
        _(numbers(items))
          .flatMap((x) => _(three(x)))
          .reduce(0, add)
          .toPromise(Promise);
    },

    async rxjs() {
      const { lastValueFrom, mergeMap, range, reduce } = await import('rxjs');
      return (items) => lastValueFrom(range(0, items).pipe(mergeMap(three), reduce(add, 0)));
    },

    async IxJS() {
      const { range, sum } = await import('ix/iterable');
      const { flatMap } = await import('ix/iterable/operators');
      return (items) => sum(range(0, items).pipe(flatMap(three)));
    },

    'streaming-iterables': async () => {
      const { flatMap, reduce } = await import('streaming-iterables');
      return (items) => reduce(add, 0, flatMap(three, numbers(items)));
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.map(three),
          Stream.flattenIterable,
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { chain } = await import('@most/core');
      const { range, source, sum } = await import('../most.js');
      return (items) =>
        sum(chain((x) => source<number>((emit) => three(x).forEach(emit)), range(items)));
    },

    'CPython generators': python('flat'),
  },
};

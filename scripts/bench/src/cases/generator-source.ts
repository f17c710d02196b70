import type { Case } from '../case.js';
import { numbers } from '../numbers.js';
import { python } from '../programs.js';

const odd = (x: number): boolean => x % 2 === 1;
const double = (x: number): number => x * 2;
const add = (sum: number, x: number): number => sum + x;

export const generatorSource: Case = {
  name: 'generator',
  title: 'A generator as the source',
  what: 'The integers below n from a generator function: keep the odd ones, double, sum.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { filter, map, pipeline, reduce } = await import('../sluice.js');
      return (items) => pipeline(numbers(items), filter(odd), map(double), reduce(add, 0));
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (const x of numbers(items)) if (x % 2 === 1) sum += x * 2;
      return sum;
    },

    generators: () => {
      function* keepOdd(source: Iterable<number>) {
        for (const x of source) if (x % 2 === 1) yield x;
      }
      function* doubled(source: Iterable<number>) {
        for (const x of source) yield x * 2;
      }
      return (items) => {
        let sum = 0;
        for (const x of doubled(keepOdd(numbers(items)))) sum += x;
        return sum;
      };
    },

    'one Transform per stage': async () => {
      const { Readable } = await import('node:stream');
      const { keep, sum, transform } = await import('../node-streams.js');
      return (items) => sum(Readable.from(numbers(items)), keep(odd), transform(double));
    },

    "Node's helpers": async () => {
      const { Readable } = await import('node:stream');
      return (items) => Readable.from(numbers(items)).filter(odd).map(double).reduce(add, 0);
    },

    'stream-chain': async () => {
      const { none } = await import('stream-chain/defs.js');
      const { sum } = await import('../chain.js');
      return (items) => sum([numbers, (x: number) => (odd(x) ? x : none), double], items);
    },

    async streamx() {
      const { fromIterator, keep, sum, transform } = await import('../streamx-streams.js');
      return (items) => sum(fromIterator(numbers(items)), keep(odd), transform(double));
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) => _(numbers(items)).filter(odd).map(double).reduce(0, add).toPromise(Promise);
    },

    async rxjs() {
      const { filter, from, lastValueFrom, map, reduce } = await import('rxjs');
      return (items) =>
        lastValueFrom(from(numbers(items)).pipe(filter(odd), map(double), reduce(add, 0)));
    },

    async IxJS() {
      const { from, sum } = await import('ix/iterable');
      const { filter, map } = await import('ix/iterable/operators');
      return (items) => sum(from(numbers(items)).pipe(filter(odd), map(double)));
    },

    'streaming-iterables': async () => {
      const { filter, map, reduce } = await import('streaming-iterables');
      return (items) => reduce(add, 0, map(double, filter(odd, numbers(items))));
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.fromIterable(numbers(items)).pipe(
          Stream.filter(odd),
          Stream.map(double),
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { filter, map } = await import('@most/core');
      const { source, sum } = await import('../most.js');
      return (items) => {
        const all = source<number>((emit) => {
          for (const x of numbers(items)) emit(x);
        });
        return sum(map(double, filter(odd, all)));
      };
    },

    'CPython generators': python('filtered'),
  },
};

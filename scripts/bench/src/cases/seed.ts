import type { Case } from '../case.js';
import { python } from '../programs.js';

export const seed: Case = {
  name: 'seed',
  title: "The seed's pipeline",
  what: 'The integers below n: square, plus one, sum.',
  unit: 'ns per item',
  sizes: [1e3, 1e4, 1e5, 1e6, 1e7],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, pipeline, range, reduce } = await import('../sluice.js');
      return (items) =>
        pipeline(
          range(0, items),
          map((x) => x * x),
          map((x) => x + 1),
          reduce((sum, x) => sum + x, 0),
        );
    },

    'sluice, pull()': async () => {
      const { map, pull, range } = await import('../sluice.js');
      return (items) => {
        const results = pull(
          range(0, items),
          map((x) => x * x),
          map((x) => x + 1),
        );
        let sum = 0;
        for (const x of results) sum += x;
        return sum;
      };
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) sum += x * x + 1;
      return sum;
    },

    async generators() {
      const { numbers } = await import('../numbers.js');
      function* square(source: Iterable<number>) {
        for (const x of source) yield x * x;
      }
      function* increment(source: Iterable<number>) {
        for (const x of source) yield x + 1;
      }
      return (items) => {
        let sum = 0;
        for (const x of increment(square(numbers(items)))) sum += x;
        return sum;
      };
    },

    'one Transform per stage': async () => {
      const { readable, sum, transform } = await import('../node-streams.js');
      return (items) =>
        sum(
          readable(items),
          transform((x: number) => x * x),
          transform((x: number) => x + 1),
        );
    },

    "Node's helpers": async () => {
      const { readable } = await import('../node-streams.js');
      return (items) =>
        readable(items)
          .map((x: number) => x * x)
          .map((x: number) => x + 1)
          .reduce((sum: number, x: number) => sum + x, 0);
    },

    'stream-chain': async () => {
      const { sum } = await import('../chain.js');
      const { numbers } = await import('../numbers.js');
      return (items) => sum([numbers, (x: number) => x * x, (x: number) => x + 1], items);
    },

    'stream-chain behind a Readable': async () => {
      const { sum } = await import('../chain.js');
      const { readable } = await import('../node-streams.js');
      return (items) => sum([readable(items), (x: number) => x * x, (x: number) => x + 1]);
    },

    async streamx() {
      const { readable, sum, transform } = await import('../streamx-streams.js');
      return (items) =>
        sum(
          readable(items),
          transform((x: number) => x * x),
          transform((x: number) => x + 1),
        );
    },

    async highland() {
      const { default: _ } = await import('highland');
      const { numbers } = await import('../numbers.js');
      return (items) =>
        _(numbers(items))
          .map((x) => x * x)
          .map((x) => x + 1)
          .reduce(0, (sum, x) => sum + x)
          .toPromise(Promise);
    },

    async rxjs() {
      const { lastValueFrom, map, range, reduce } = await import('rxjs');
      return (items) =>
        lastValueFrom(
          range(0, items).pipe(
            map((x) => x * x),
            map((x) => x + 1),
            reduce((sum, x) => sum + x, 0),
          ),
        );
    },

    async IxJS() {
      const { range, sum } = await import('ix/iterable');
      const { map } = await import('ix/iterable/operators');
      return (items) =>
        sum(
          range(0, items).pipe(
            map((x) => x * x),
            map((x) => x + 1),
          ),
        );
    },

    'streaming-iterables': async () => {
      const { map, pipeline, reduce } = await import('streaming-iterables');
      const { numbers } = await import('../numbers.js');
      return (items) =>
        pipeline(
          () => numbers(items),
          map((x: number) => x * x),
          map((x: number) => x + 1),
          reduce((sum: number, x: number) => sum + x, 0),
        );
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.map((x) => x * x),
          Stream.map((x) => x + 1),
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { map } = await import('@most/core');
      const { range, sum } = await import('../most.js');
      return (items) =>
        sum(
          map(
            (x: number) => x + 1,
            map((x: number) => x * x, range(items)),
          ),
        );
    },

    'CPython generators': python('generators'),
    'CPython comprehensions': python('comprehensions'),
  },
};

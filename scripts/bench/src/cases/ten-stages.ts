import type { Case } from '../case.js';
import { python } from '../programs.js';

interface Item {
  readonly n: number;
}

const first = (n: number): Item => ({ n });

/** Ten different functions, as in a real pipeline. Each makes a new object. */
const stages: ((item: Item) => Item)[] = [
  ({ n }) => ({ n: n + 1 }),
  ({ n }) => ({ n: n * 2 }),
  ({ n }) => ({ n: n - 3 }),
  ({ n }) => ({ n: n + 5 }),
  ({ n }) => ({ n: n * 3 }),
  ({ n }) => ({ n: n - 7 }),
  ({ n }) => ({ n: n + 11 }),
  ({ n }) => ({ n: n * 5 }),
  ({ n }) => ({ n: n - 13 }),
  ({ n }) => ({ n: n + 17 }),
];

export const tenStages: Case = {
  name: 'ten-stages',
  title: 'Ten stages on small objects',
  what: 'The integers below n as `{ n }`, ten maps that make a new object each, sum. The loop makes the same objects.',
  unit: 'ns per item',
  sizes: [1e5, 1e6, 1e7],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, pipeline, range, reduce } = await import('../sluice.js');
      return (items) =>
        pipeline([
          range(0, items),
          map(first),
          ...stages.map((stage) => map(stage)),
          reduce((sum, { n }: Item) => sum + n, 0),
        ]) as Promise<number>;
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) {
        let item = { n: x };
        item = { n: item.n + 1 };
        item = { n: item.n * 2 };
        item = { n: item.n - 3 };
        item = { n: item.n + 5 };
        item = { n: item.n * 3 };
        item = { n: item.n - 7 };
        item = { n: item.n + 11 };
        item = { n: item.n * 5 };
        item = { n: item.n - 13 };
        item = { n: item.n + 17 };
        sum += item.n;
      }
      return sum;
    },

    async generators() {
      const { numbers } = await import('../numbers.js');
      function* map<A, B>(source: Iterable<A>, fn: (item: A) => B) {
        for (const item of source) yield fn(item);
      }
      return (items) => {
        const objects: Iterable<Item> = map(numbers(items), first);
        let sum = 0;
        for (const { n } of stages.reduce<Iterable<Item>>(map, objects)) sum += n;
        return sum;
      };
    },

    'one Transform per stage': async () => {
      const { pipeline } = await import('node:stream/promises');
      const { readable, transform, writable } = await import('../node-streams.js');
      return async (items) => {
        let sum = 0;
        await pipeline([
          readable(items),
          transform(first),
          ...stages.map(transform),
          writable(({ n }: Item) => {
            sum += n;
          }),
        ]);
        return sum;
      };
    },

    "Node's helpers": async () => {
      const { readable } = await import('../node-streams.js');
      return (items) =>
        stages
          .reduce((stream, stage) => stream.map(stage), readable(items).map(first))
          .reduce((sum: number, { n }: Item) => sum + n, 0);
    },

    'stream-chain': async () => {
      const { sum } = await import('../chain.js');
      const { numbers } = await import('../numbers.js');
      return (items) => sum([numbers, first, ...stages, ({ n }: Item) => n], items);
    },

    async streamx() {
      const { pipelinePromise } = await import('streamx');
      const { readable, transform, writable } = await import('../streamx-streams.js');
      return async (items) => {
        let sum = 0;
        await pipelinePromise(
          readable(items),
          transform(first),
          ...stages.map(transform),
          writable(({ n }: Item) => {
            sum += n;
          }),
        );
        return sum;
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      const { numbers } = await import('../numbers.js');
      return (items) =>
        stages
          .reduce((stream, stage) => stream.map(stage), _(numbers(items)).map(first))
          .reduce(0, (sum, { n }) => sum + n)
          .toPromise(Promise);
    },

    async rxjs() {
      const { lastValueFrom, map, range, reduce } = await import('rxjs');
      return (items) => {
        const objects = range(0, items).pipe(map(first));
        const results = stages.reduce((stream, stage) => stream.pipe(map(stage)), objects);
        return lastValueFrom(results.pipe(reduce((sum, { n }) => sum + n, 0)));
      };
    },

    async IxJS() {
      const { range, sum } = await import('ix/iterable');
      const { map } = await import('ix/iterable/operators');
      return (items) => {
        const objects = range(0, items).pipe(map(first));
        const results = stages.reduce((stream, stage) => stream.pipe(map(stage)), objects);
        return sum(results, { selector: ({ n }) => n });
      };
    },

    'streaming-iterables': async () => {
      const { map, reduce } = await import('streaming-iterables');
      const { numbers } = await import('../numbers.js');
      return (items) => {
        const objects: AsyncIterable<Item> = map(first, numbers(items));
        const results = stages.reduce((stream, stage) => map(stage, stream), objects);
        return reduce((sum, { n }) => sum + n, 0, results);
      };
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) => {
        const objects = Stream.map(Stream.range(0, items - 1), first);
        const results = stages.reduce((stream, stage) => Stream.map(stream, stage), objects);
        const total = Stream.runFold(
          results,
          () => 0,
          (sum, { n }) => sum + n,
        );
        return Effect.runPromise(total);
      };
    },

    '@most/core': async () => {
      const { map } = await import('@most/core');
      const { forEach, range } = await import('../most.js');
      return async (items) => {
        let sum = 0;
        const objects = map(first, range(items));
        const results = stages.reduce((stream, stage) => map(stage, stream), objects);
        await forEach(({ n }) => {
          sum += n;
        }, results);
        return sum;
      };
    },

    'CPython comprehensions': python('ten_stages'),
  },
};

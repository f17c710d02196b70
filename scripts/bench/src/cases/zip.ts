import type { Case } from '../case.js';
import { numbers } from '../numbers.js';
import { python } from '../programs.js';

const square = (x: number): number => x * x;
const add = (a: number, b: number): number => a + b;

export const zip: Case = {
  name: 'zip',
  title: 'Zip of two',
  what: 'The squares of the integers below n zipped with the integers; the sum of each pair; sum.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { compose, map, pipeline, range, reduce, zip } = await import('../sluice.js');
      return (items) =>
        pipeline(
          zip(compose(range(0, items), map(square)), range(0, items)),
          map(([a, b]) => a + b),
          reduce(add, 0),
        );
    },

    'hand-written loop': () => (items) => {
      let sum = 0;
      for (let x = 0; x < items; x += 1) sum += x * x + x;
      return sum;
    },

    generators: () => {
      function* squares(source: Iterable<number>) {
        for (const x of source) yield x * x;
      }
      function* zipped(as: Iterator<number>, bs: Iterator<number>) {
        for (;;) {
          const a = as.next();
          const b = bs.next();
          if (a.done || b.done) return;
          yield [a.value, b.value] as const;
        }
      }
      return (items) => {
        let sum = 0;
        for (const [a, b] of zipped(squares(numbers(items)), numbers(items))) sum += a + b;
        return sum;
      };
    },

    "Node's streams by hand": async () => {
      const { pipeline } = await import('node:stream/promises');
      const { readable, Total, transform } = await import('../node-streams.js');
      async function* zipped(left: AsyncIterable<number>, right: AsyncIterable<number>) {
        const others = right[Symbol.asyncIterator]();
        for await (const a of left) {
          const b = await others.next();
          if (b.done) return;
          yield [a, b.value];
        }
      }
      return async (items) => {
        const total = new Total();
        const squares = readable(items).pipe(transform(square));
        await pipeline(
          zipped(squares, readable(items)),
          transform(([a, b]: [number, number]) => a + b),
          total,
        );
        return total.sum;
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      return (items) =>
        _(numbers(items))
          .map(square)
          .zip(_(numbers(items)))
          .map(([a, b]) => Number(a) + Number(b))
          .reduce(0, add)
          .toPromise(Promise);
    },

    async rxjs() {
      const { lastValueFrom, map, range, reduce, zip } = await import('rxjs');
      return (items) =>
        lastValueFrom(
          zip(range(0, items).pipe(map(square)), range(0, items)).pipe(
            map(([a, b]) => a + b),
            reduce(add, 0),
          ),
        );
    },

    async IxJS() {
      const { range, sum, zip } = await import('ix/iterable');
      const { map } = await import('ix/iterable/operators');
      return (items) =>
        sum(zip(range(0, items).pipe(map(square)), range(0, items)).pipe(map(([a, b]) => a + b)));
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.map(square),
          Stream.zipWith(Stream.range(0, items - 1), add),
          Stream.runSum,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { map, zip } = await import('@most/core');
      const { range, sum } = await import('../most.js');
      return (items) => sum(zip(add, map(square, range(items)), range(items)));
    },

    'CPython generators': python('zip_two'),
  },
  leftOut:
    "Node's helpers, stream-chain, streamx and streaming-iterables, which have no zip. rxjs and @most/core hold all of one side until the other comes.",
};

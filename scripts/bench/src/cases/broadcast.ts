import type { Case } from '../case.js';
import { python } from '../programs.js';

const square = (x: number): number => x * x;
const increment = (x: number): number => x + 1;
const odd = (x: number): boolean => x % 2 === 1;
const large = (x: number): boolean => x > 1000;
const add = (sum: number, x: number): number => sum + x;

export const broadcast: Case = {
  name: 'broadcast',
  title: 'Broadcast to three',
  what: 'The integers below n: square, plus one; then the sum of all, of the odd ones and of those above 1000.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { broadcast, compose, filter, map, pipeline, range, reduce } = await import(
        '../sluice.js'
      );
      return (items) =>
        pipeline(
          range(0, items),
          map(square),
          map(increment),
          broadcast(
            reduce(add, 0),
            compose(filter(odd), reduce(add, 0)),
            compose(filter(large), reduce(add, 0)),
          ),
        );
    },

    'hand-written loop': () => (items) => {
      let [all, odds, larges] = [0, 0, 0];
      for (let x = 0; x < items; x += 1) {
        const y = x * x + 1;
        all += y;
        if (y % 2 === 1) odds += y;
        if (y > 1000) larges += y;
      }
      return [all, odds, larges];
    },

    'generators as coroutines': () => {
      type Coroutine = Generator<undefined, void, number>;
      function* stage(next: Coroutine, fn: (x: number) => number): Coroutine {
        for (;;) next.next(fn(yield));
      }
      function* all(nexts: readonly Coroutine[]): Coroutine {
        for (;;) {
          const x = yield;
          for (const next of nexts) next.next(x);
        }
      }
      const primed = (coroutine: Coroutine): Coroutine => {
        coroutine.next();
        return coroutine;
      };
      return (items) => {
        const sums = [0, 0, 0];
        function* total(at: number, test: (x: number) => boolean): Coroutine {
          let sum = 0;
          for (;;) {
            const x = yield;
            if (test(x)) {
              sum += x;
              sums[at] = sum;
            }
          }
        }
        const sinks = [total(0, () => true), total(1, odd), total(2, large)].map(primed);
        const first = primed(stage(primed(stage(primed(all(sinks)), increment)), square));
        for (let x = 0; x < items; x += 1) first.next(x);
        return sums;
      };
    },

    "Node's streams by hand": async () => {
      const { finished } = await import('node:stream/promises');
      const { readable, Total, transform, writable } = await import('../node-streams.js');
      return async (items) => {
        let [odds, larges] = [0, 0];
        const sinks = [
          new Total(),
          writable((x: number) => {
            if (odd(x)) odds += x;
          }),
          writable((x: number) => {
            if (large(x)) larges += x;
          }),
        ] as const;
        const all = readable(items).pipe(transform(square)).pipe(transform(increment));
        for (const sink of sinks) all.pipe(sink);
        await Promise.all(sinks.map((sink) => finished(sink)));
        return [sinks[0].sum, odds, larges];
      };
    },

    async highland() {
      const { default: _ } = await import('highland');
      const { numbers } = await import('../numbers.js');
      return (items) => {
        const all = _(numbers(items)).map(square).map(increment);
        const branches = [all.fork(), all.fork().filter(odd), all.fork().filter(large)];
        return Promise.all(branches.map((branch) => branch.reduce(0, add).toPromise(Promise)));
      };
    },

    async rxjs() {
      const { connect, filter, forkJoin, lastValueFrom, map, range, reduce } = await import('rxjs');
      return (items) =>
        lastValueFrom(
          range(0, items).pipe(
            map(square),
            map(increment),
            connect((all) =>
              forkJoin([
                all.pipe(reduce(add, 0)),
                all.pipe(filter(odd), reduce(add, 0)),
                all.pipe(filter(large), reduce(add, 0)),
              ]),
            ),
          ),
        );
    },

    async IxJS() {
      const { range, sum } = await import('ix/asynciterable');
      const { filter, map, publish } = await import('ix/asynciterable/operators');
      return (items) => {
        const all = range(0, items).pipe(map(square), map(increment), publish());
        return Promise.all([sum(all), sum(all.pipe(filter(odd))), sum(all.pipe(filter(large)))]);
      };
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      return (items) =>
        Stream.range(0, items - 1).pipe(
          Stream.map(square),
          Stream.map(increment),
          Stream.broadcastN({ n: 3, capacity: 16 }),
          Effect.flatMap(([a, b, c]) =>
            Effect.all(
              [
                Stream.runSum(a),
                Stream.runSum(Stream.filter(b, odd)),
                Stream.runSum(Stream.filter(c, large)),
              ],
              { concurrency: 'unbounded' },
            ),
          ),
          Effect.scoped,
          Effect.runPromise,
        );
    },

    '@most/core': async () => {
      const { filter, map, multicast } = await import('@most/core');
      const { range, sum } = await import('../most.js');
      return (items) => {
        const all = multicast(map(increment, map(square, range(items))));
        return Promise.all([sum(all), sum(filter(odd, all)), sum(filter(large, all))]);
      };
    },

    'CPython coroutines': python('broadcast'),
  },
  leftOut:
    "Node's helpers, stream-chain, streamx and streaming-iterables, in which only one may read a stream.",
};

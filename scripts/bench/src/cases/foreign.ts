import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Case, Run } from '../case.js';
import { readable, Total, transform } from '../node-streams.js';

const square = (x: number): number => x * x;
const increment = (x: number): number => x + 1;

/** A run between two plain Node streams. */
const between =
  (run: (from: Readable, to: Writable) => Promise<unknown>): Run =>
  async (items) => {
    const to = new Total();
    await run(readable(items), to);
    return to.sum;
  };

export const foreign: Case = {
  name: 'foreign',
  title: 'A foreign Readable through two stages into a foreign Writable',
  what: 'A plain object-mode `Readable` of the integers below n; square, plus one; a plain `Writable` that sums.',
  unit: 'ns per item',
  sizes: [1e5, 1e6],
  quick: 1e3,
  peers: {
    async sluice() {
      const { map, pipeline } = await import('../sluice.js');
      return between((from, to) => pipeline(from, map(square), map(increment), to));
    },

    'sluice, one composed Stage in stream.pipeline': async () => {
      const { compose, map } = await import('../sluice.js');
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) => pipeline(from, compose(map(square), map(increment)), to));
    },

    'sluice, two Stages in stream.pipeline': async () => {
      const { map } = await import('../sluice.js');
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) => pipeline(from, map(square), map(increment), to));
    },

    'one Transform doing both': async () => {
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) =>
        pipeline(
          from,
          transform((x: number) => x * x + 1),
          to,
        ),
      );
    },

    'one Transform per stage': async () => {
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) => pipeline(from, transform(square), transform(increment), to));
    },

    'async generator functions': async () => {
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) =>
        pipeline(
          from,
          async function* (items: AsyncIterable<number>) {
            for await (const x of items) yield square(x);
          },
          async function* (items: AsyncIterable<number>) {
            for await (const x of items) yield increment(x);
          },
          to,
        ),
      );
    },

    'hand-written loop': () =>
      between(async (from, to) => {
        for await (const x of from) {
          if (!to.write(x * x + 1)) await once(to, 'drain');
        }
        to.end();
        await once(to, 'finish');
      }),

    "Node's helpers": async () => {
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) => pipeline(from.map(square).map(increment), to));
    },

    'stream-chain': async () => {
      const { default: chain } = await import('stream-chain');
      const { finished } = await import('node:stream/promises');
      return between((from, to) => {
        chain([from, square, increment, to]);
        return finished(to);
      });
    },

    async IxJS() {
      const { as } = await import('ix/asynciterable');
      const { map } = await import('ix/asynciterable/operators');
      const { pipeline } = await import('node:stream/promises');
      return between((from, to) =>
        pipeline(as<number>(from as AsyncIterable<number>).pipe(map(square), map(increment)), to),
      );
    },

    'streaming-iterables': async () => {
      const { fromStream, map, writeToStream } = await import('streaming-iterables');
      const { finished } = await import('node:stream/promises');
      return between(async (from, to) => {
        await writeToStream(to, map(increment, map(square, fromStream<number>(from))));
        to.end();
        await finished(to);
      });
    },

    async effect() {
      const { Effect, Stream } = await import('effect');
      const { finished } = await import('node:stream/promises');
      return between(async (from, to) => {
        const write = (x: number) =>
          to.write(x) ? Effect.void : Effect.promise(() => once(to, 'drain'));
        await Stream.fromAsyncIterable(from as AsyncIterable<number>, (error) => error).pipe(
          Stream.map(square),
          Stream.map(increment),
          Stream.runForEach(write),
          Effect.runPromise,
        );
        to.end();
        await finished(to);
      });
    },

    async highland() {
      const { default: _ } = await import('highland');
      const { finished } = await import('node:stream/promises');
      return between((from, to) => {
        _<number>(from).map(square).map(increment).pipe(to);
        return finished(to);
      });
    },
  },
  leftOut:
    'streamx, whose streams are not made to stand between streams of Node; rxjs and @most/core, which can not be told ' +
    'that a Writable is full.',
};

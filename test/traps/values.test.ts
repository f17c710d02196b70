import { Transform } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  batch,
  broadcast,
  compose,
  concat,
  count,
  drop,
  dropWhile,
  enumerate,
  filter,
  flatMap,
  from,
  generate,
  map,
  merge,
  pipeline,
  pull,
  push,
  type Stage,
  type StageLike,
  scan,
  take,
  takeWhile,
  tap,
  tee,
  toArray,
  window,
  zip,
} from '../../lib/index.js';
import { awkward } from '../../lib/testing/contracts/value.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { expectSameItems } from '../helpers/same-items.js';

type Any = StageLike<unknown, unknown>;

const one = (items: unknown) => (items as unknown[]).at(-1);
const later = async (item: unknown) => {
  await turn();
  return item;
};

/** Stages that pass every item unchanged. Those that are Sluice stages also work in Node's pipeline. */
const ours: Record<string, () => readonly Stage<unknown, unknown>[]> = {
  map: () => [map((x) => x)],
  'async map': () => [map(later)],
  filter: () => [filter(() => true)],
  'async filter': () => [filter(async () => true)],
  'flatMap of arrays': () => [flatMap((x) => [x])],
  'flatMap of generators': () => [
    flatMap(function* (x) {
      yield x;
    }),
  ],
  'flatMap of async generators': () => [
    flatMap(async function* (x) {
      yield later(x);
    }),
  ],
  tap: () => [tap(() => null)],
  take: () => [take(99)],
  takeWhile: () => [takeWhile(() => true)],
  drop: () => [drop(0)],
  dropWhile: () => [dropWhile(() => false)],
  scan: () => [scan((_before: unknown, x: unknown) => x, 'initial')],
  batch: () => [batch(3) as Stage<unknown, unknown>, flatMap((items) => items as unknown[])],
  window: () => [window(1) as Stage<unknown, unknown>, map(one)],
  enumerate: () => [enumerate() as Stage<unknown, unknown>, map(one)],
  'a composed stage': () => [
    compose(
      map((x) => x),
      map(later),
    ),
  ],
};
const theirs: Record<string, () => readonly Any[]> = {
  'an async generator function': () => [
    async function* (items: AsyncIterable<unknown>) {
      yield* items;
    },
  ],
  // A plain PassThrough drops undefined, too.
  'a Transform': () => [
    new Transform({
      objectMode: true,
      transform(item, _encoding, done) {
        this.push(item);
        done();
      },
    }),
  ],
};
const sources: Record<string, (items: readonly unknown[]) => unknown> = {
  from: (items) => from(items),
  'a generator function': (items) =>
    function* () {
      yield* items;
    },
  'an async generator function': (items) =>
    async function* () {
      yield* items;
    },
  'generate with promises': (items) =>
    compose(
      generate(0, (at) => (at + 1 < items.length ? later(at + 1) : null) as number | null),
      map((at) => items[at]),
    ),
  zip: (items) => compose(zip(items, items), map(one)),
  concat: (items) => concat(items.slice(0, 3), items.slice(3)),
  merge: (items) => merge(items, []),
  tee: (items) => tee(items, { branches: 1 })[0],
};

const touched = <S>(stage: S): S => {
  (stage as { on(event: string, listener: () => void): void }).on('error', () => {});
  return stage;
};
const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown[]>;

describe('trap: a value taken for "nothing"', () => {
  noUnhandled();

  for (const [path, make] of Object.entries(ours)) {
    it(`passes ${path} in a segment`, async () => {
      expectSameItems(await anyPipeline(awkward, ...make(), toArray()), awkward);
    });

    it(`passes ${path} between streams`, async () => {
      const stages = make().map(touched);
      expectSameItems(await anyPipeline(awkward, ...stages, touched(toArray())), awkward);
    });

    it(`passes ${path} in Node's pipeline`, async () => {
      const sink = toArray<unknown>();
      await nodeRun([awkward, ...make(), sink]);
      expectSameItems(await sink.result(), awkward);
    });

    it(`passes ${path} in push, one by one`, async () => {
      const taken: unknown[] = [];
      const join = push as (...parts: unknown[]) => ReturnType<typeof push<unknown>>;
      const producer = join(...make(), (item: unknown) => taken.push(item));
      const sends = awkward.map((item) => producer.send(item));
      await producer.close();
      await Promise.all(sends);
      expectSameItems(taken, awkward);
    });
  }

  for (const [path, make] of Object.entries(theirs)) {
    it(`passes ${path} between stages of ours`, async () => {
      const pass = () => map((x) => x);
      expectSameItems(await anyPipeline(awkward, pass(), ...make(), pass(), toArray()), awkward);
    });
  }

  for (const [path, make] of Object.entries(sources)) {
    it(`passes ${path}, in a segment and as a stream`, async () => {
      expectSameItems(await anyPipeline(make(awkward), toArray()), awkward);
      expectSameItems(await anyPipeline(touched(from(make(awkward) as never)), toArray()), awkward);
      const items: unknown[] = [];
      for await (const item of from(make(awkward) as never)) items.push(item);
      expectSameItems(items, awkward);
    });
  }

  it('passes pull', () => {
    expectSameItems(
      [
        ...pull(
          awkward,
          take(99),
          flatMap((x) => [x]),
        ),
      ],
      awkward,
    );
  });

  it('passes broadcast, and is the answer of a consumer', async () => {
    const read = async (items: AsyncIterable<unknown>) => {
      const all: unknown[] = [];
      for await (const item of items) all.push(item);
      return all;
    };
    const [all, same, number] = await pipeline(awkward, broadcast(toArray(), read, count()));
    expectSameItems(all, awkward);
    expectSameItems(same, awkward);
    expect(number).to.equal(awkward.length);
    const producer = push((item: unknown) => item);
    const answers = await Promise.all(awkward.map((item) => producer.send(item)));
    expectSameItems(answers, awkward);
  });
});

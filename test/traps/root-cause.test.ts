import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  batch,
  broadcast,
  drain,
  filter,
  flatMap,
  forEach,
  from,
  map,
  pipeline,
  reduce,
  StageError,
  scan,
  tap,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { nodeRun } from '../helpers/node-run.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;
const cause = new Error('the root cause');

const failAt = (x: number): number => {
  if (x === 3) throw cause;
  return x;
};
const failLater = async (x: number): Promise<number> => {
  await turn();
  return failAt(x);
};

/** Sluice stages that fail on the item 3, and their names. */
const stages: Record<string, () => unknown> = {
  'map(failAt)': () => map(failAt),
  'map(failLater)': () => map(failLater),
  'filter(failAt)': () => filter(failAt),
  'filter(failLater)': () => filter(failLater),
  'tap(failAt)': () => tap(failAt),
  'scan(fails)': () =>
    scan(function fails(_sum: number, x: number) {
      return failAt(x);
    }, 0),
  'flatMap(failAt)': () => flatMap((x: number) => [failAt(x)], { name: 'flatMap(failAt)' }),
  'flatMap(sync)': () =>
    flatMap(function* sync(x: number) {
      yield x;
      yield failAt(x);
    }),
  'flatMap(later)': () =>
    flatMap(async function* later(x: number) {
      yield x;
      yield failLater(x);
    }),
  'map(nothing)': () =>
    map(function nothing(x: number) {
      return x === 3 ? (null as never) : x;
    }),
};

const sinks: Record<string, () => unknown> = {
  'forEach(failAt)': () => forEach(failAt),
  'forEach(failLater)': () => forEach(failLater),
  'reduce(fails)': () =>
    reduce(function fails(_sum: number, x: number) {
      return failLater(x);
    }, 0),
};

/** Sluice's pipeline names these in errors; in Node's pipeline, Node runs them. */
const functions: Record<string, () => unknown> = {
  middle: () =>
    async function* middle(items: AsyncIterable<number>) {
      for await (const item of items) yield failAt(item);
    },
  'at the end': () =>
    Object.defineProperty(
      async function* (items: AsyncIterable<number>) {
        let last = 0;
        for await (const item of items) {
          last = item;
          yield item;
          if (item > 5) break;
        }
        if (last > 5) throw cause;
      },
      'name',
      { value: 'at the end' },
    ),
  'at once': () =>
    Object.defineProperty(
      () => {
        throw cause;
      },
      'name',
      { value: 'at once' },
    ),
};

const touched = (stage: unknown): unknown => {
  (stage as { on(event: string, listener: () => void): void }).on('error', () => {});
  return stage;
};
const passing = () => map((x: number) => x, { name: 'passing' });

describe('trap: a root cause that gets lost', () => {
  noUnhandled();

  const expectCause = (error: unknown, name: string, position?: number): void => {
    expect(error).to.be.instanceOf(StageError);
    const { stage, cause: found } = error as StageError;
    expect(stage.name).to.equal(name);
    if (position !== undefined) expect(stage.position).to.equal(position);
    if (name === 'map(nothing)') expect(found).to.have.property('code', 'ERR_SLUICE_NULL_ITEM');
    else expect(found).to.equal(cause);
    expect(error).to.not.have.property('suppressed');
  };

  for (const [name, make] of Object.entries({ ...stages, ...functions })) {
    for (const position of [1, 2, 3]) {
      const parts = (part: unknown, others: () => unknown): unknown[] =>
        [1, 2, 3].map((at) => (at === position ? part : others()));

      it(`survives from ${name}, stage ${position} of a segment`, async () => {
        const counted = new Counted();
        const run = anyPipeline(counted.later(), ...parts(make(), passing), drain());
        expectCause(await rejection(run), name, position);
        expect(counted.closed).to.equal(counted.asked > 0);
      });

      it(`survives from ${name}, stage ${position} between streams`, async () => {
        const counted = new Counted();
        const others = () => touched(passing());
        const part = name in stages ? touched(make()) : make();
        const run = anyPipeline(counted.items(), ...parts(part, others), drain());
        expectCause(await rejection(run), name);
        expect(counted.closed).to.equal(counted.asked > 0);
      });

      if (name in functions) continue;

      it(`survives from ${name}, stage ${position} of Node's pipeline`, async () => {
        const counted = new Counted();
        const run = nodeRun([counted.later(), ...parts(make(), passing), drain()]);
        expectCause(await rejection(run), name);
        expect(await quiet(() => counted.closed)).to.equal(true);
      });
    }
  }

  for (const [name, make] of Object.entries(sinks)) {
    const ways: Record<string, () => [unknown, (...parts: unknown[]) => Promise<unknown>]> = {
      'of a segment': () => [make(), anyPipeline],
      'between streams': () => [touched(make()), anyPipeline],
      'in a broadcast': () => [broadcast(make() as never, toArray()), anyPipeline],
      "of Node's pipeline": () => [make(), (...parts) => nodeRun(parts)],
    };
    for (const [where, way] of Object.entries(ways)) {
      it(`survives from ${name}, the sink ${where}`, async () => {
        const counted = new Counted();
        const [sink, run] = way();
        expectCause(await rejection(run(counted.later(), passing(), sink)), name);
        expect(await quiet(() => counted.closed)).to.equal(true);
      });
    }
  }

  const readers: Record<string, (items: AsyncIterable<number>) => Promise<unknown>> = {
    first: async function reader() {
      throw cause;
    },
    midway: async function reader(items) {
      for await (const item of items) failAt(item);
    },
    'at the end': async function reader(items) {
      for await (const item of items) if (item === 5) break;
      await turn();
      throw cause;
    },
  };
  for (const [when, reader] of Object.entries(readers)) {
    it(`survives from an async function at the end that fails ${when}`, async () => {
      const counted = new Counted();
      expectCause(await rejection(pipeline(counted.items(), passing(), reader)), 'reader', 2);
      // A generator that nothing was asked of has not begun.
      expect(counted.closed).to.equal(when !== 'first');
    });
  }

  const sources: Record<string, () => unknown> = {
    'a generator function': () =>
      function* source() {
        yield 1;
        yield failAt(3);
      },
    'an async generator function': () =>
      async function* source() {
        yield 1;
        yield failLater(3);
      },
    'a function that makes nothing': () =>
      function source() {
        throw cause;
      },
    'a promise among the items': () => from([1, failLater(3)], { name: 'source' }),
    'the finally of a generator': () =>
      function* source() {
        try {
          yield 1;
        } finally {
          failAt(3);
        }
      },
  };
  for (const [what, make] of Object.entries(sources)) {
    it(`survives from ${what}, the source of a segment`, async () => {
      expectCause(await rejection(anyPipeline(make(), batch(9), toArray())), 'source', 0);
    });

    it(`survives from ${what}, the source of Node's pipeline`, async () => {
      const source = from(make() as never, { name: 'source' });
      expectCause(await rejection(nodeRun([source, batch(9), toArray()])), 'source');
    });
  }

  for (const thrown of [undefined, null, 0, '', 'text', Symbol('thrown'), { code: 'MINE' }]) {
    it(`survives as the cause though it is no Error: ${String(thrown)}`, async () => {
      const fails = () => {
        throw thrown;
      };
      for (const part of [map(fails), touched(map(fails)), async () => fails()]) {
        const rest = typeof part === 'function' ? [] : [toArray()];
        const error = await rejection(anyPipeline([1], part, ...rest));
        expect(error).to.be.instanceOf(StageError).and.to.have.property('cause', thrown);
      }
    });
  }
});

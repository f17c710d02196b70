import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import * as sluice from '../../lib/index.js';
import { sinkConformance } from './sink-conformance.js';

const {
  balance,
  branch,
  broadcast,
  count,
  drain,
  every,
  find,
  first,
  forEach,
  groupBy,
  hub,
  last,
  partition,
  reduce,
  some,
  tally,
  toArray,
} = sluice;

const isEven = (x: number) => x % 2 === 0;
const later = async <T>(value: T) => value;
const record = (value: unknown) => ({ status: 'fulfilled', value, dropped: 0 });

/** One row for each sink, and for each junction that is one. */
const rows: Record<string, (name: string) => void> = {
  balance: (name) => {
    sinkConformance(name, () => balance(toArray<number>(), count<number>()), {
      result: [[0, 2, 4], 2],
      empty: [[], 0],
    });
    sinkConformance(
      `${name} whose branches all end early`,
      () => balance(first<number>(), first<number>()),
      {
        result: [0, 1],
        empty: [undefined, undefined],
        enough: 2,
      },
    );
  },

  branch: (name) => {
    sinkConformance(name, () => branch(toArray<number>()), {
      result: record([0, 1, 2, 3, 4]),
      empty: record([]),
    });
    sinkConformance(`${name} that ends early`, () => branch(first<number>()), {
      result: record(0),
      empty: record(undefined),
      enough: 1,
    });
  },

  broadcast: (name) => {
    sinkConformance(name, () => broadcast(toArray<number>(), count<number>()), {
      result: [[0, 1, 2, 3, 4], 5],
      empty: [[], 0],
    });
    sinkConformance(
      `${name} whose branches all end early`,
      () =>
        broadcast(
          first<number>(),
          find((x: number) => x > 1),
        ),
      {
        result: [0, 2],
        empty: [undefined, undefined],
        enough: 3,
      },
    );
  },

  count: (name) => sinkConformance(name, () => count(), { result: 5, empty: 0 }),

  drain: (name) => sinkConformance(name, () => drain(), { result: undefined, empty: undefined }),

  every: (name) =>
    sinkConformance(name, () => every((x: number) => x < 2), {
      result: false,
      empty: true,
      enough: 3,
      callback: { make: (fn, options) => every(fn, options), goOn: true },
    }),

  find: (name) =>
    sinkConformance(name, () => find((x: number) => x > 1), {
      result: 2,
      empty: undefined,
      enough: 3,
      callback: { make: (fn, options) => find(fn, options), goOn: false },
    }),

  first: (name) =>
    sinkConformance(name, () => first<number>(), { result: 0, empty: undefined, enough: 1 }),

  forEach: (name) =>
    sinkConformance(name, () => forEach(() => 'dropped'), {
      result: undefined,
      empty: undefined,
      callback: { make: (fn, options) => forEach(fn, options), goOn: null },
    }),

  groupBy: (name) => {
    for (const [how, key] of Object.entries({
      '': isEven,
      ' (async)': (x: number) => later(isEven(x)),
    })) {
      sinkConformance(`${name}${how}`, () => groupBy(key, () => toArray<number>()), {
        result: new Map([
          [true, [0, 2, 4]],
          [false, [1, 3]],
        ]),
        empty: new Map(),
      });
    }
    sinkConformance(`${name} with a callback`, () => groupBy(isEven, () => count<number>()), {
      result: new Map([
        [true, 3],
        [false, 2],
      ]),
      empty: new Map(),
      callback: {
        make: (key, options) => groupBy(key, () => toArray(), options),
        goOn: 'key',
        operator: name,
      },
    });
    sinkConformance(
      `${name} that ends the oldest group`,
      () => groupBy(isEven, () => toArray<number>(), { groups: 1, when: 'end-oldest' }),
      {
        result: new Map([
          [true, [[0], [2], [4]]],
          [false, [[1], [3]]],
        ]),
        empty: new Map(),
      },
    );
  },

  hub: (name) =>
    sinkConformance(
      name,
      () => {
        const made = hub<number>();
        made.join(toArray());
        made.join(first());
        return made;
      },
      { result: { dropped: 0 }, empty: { dropped: 0 } },
    ),

  last: (name) => sinkConformance(name, () => last<number>(), { result: 4, empty: undefined }),

  partition: (name) => {
    for (const [how, route] of Object.entries({
      '': isEven,
      ' (async)': (x: number) => later(isEven(x)),
    })) {
      sinkConformance(`${name}${how}`, () => partition(route, toArray<number>(), count<number>()), {
        result: [[0, 2, 4], 2],
        empty: [[], 0],
      });
    }
    sinkConformance(
      `${name} by key`,
      () => partition((x: number) => x, { 0: count<number>(), otherwise: toArray<number>() }),
      {
        result: { 0: 1, otherwise: [1, 2, 3, 4] },
        empty: { 0: 0, otherwise: [] },
        callback: {
          make: (route, options) => partition(route as () => 'a', { a: toArray() }, options),
          goOn: 'a',
          operator: name,
        },
      },
    );
    sinkConformance(
      `${name} whose branches all end early`,
      () => partition(isEven, first<number>(), first<number>()),
      { result: [0, 1], empty: [undefined, undefined], enough: 2 },
    );
  },

  reduce: (name) =>
    sinkConformance(name, () => reduce((sum, x: number) => sum + x, 0), {
      result: 10,
      empty: 0,
      callback: { make: (fn, options) => reduce(fn, 'initial' as unknown, options), goOn: 'value' },
    }),

  some: (name) =>
    sinkConformance(name, () => some((x: number) => x > 1), {
      result: true,
      empty: false,
      enough: 3,
      callback: { make: (fn, options) => some(fn, options), goOn: false },
    }),

  tally: (name) =>
    sinkConformance(name, () => tally((x: number) => x % 2), {
      result: [
        [0, 3],
        [1, 2],
      ],
      empty: [],
      callback: { make: (fn, options) => tally(fn, options), goOn: 0 },
    }),

  toArray: (name) =>
    sinkConformance(name, () => toArray<number>(), { result: [0, 1, 2, 3, 4], empty: [] }),
};

describe('sinks', () => {
  for (const [name, row] of Object.entries(rows)) row(name);

  it('every sink of the package has a row here', async () => {
    const exported = new Set<unknown>(Object.values(sluice));
    const sinks = ['balance', 'branch', 'broadcast', 'groupBy', 'hub', 'partition'];
    const folder = new URL('../../lib/sinks/', import.meta.url);
    for (const file of readdirSync(folder).filter((path) => path.endsWith('.js'))) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      sinks.push(...Object.keys(module).filter((name) => exported.has(module[name])));
    }
    expect(Object.keys(rows).sort()).to.deep.equal(sinks.sort());
  });
});

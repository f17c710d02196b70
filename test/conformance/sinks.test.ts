import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import * as sluice from '../../lib/index.js';
import { sinkConformance } from './sink-conformance.js';

const { broadcast, count, drain, every, find, first, forEach, last, reduce, some, tally, toArray } =
  sluice;

/** One row for each sink, and for the junction that is one. */
const rows: Record<string, (name: string) => void> = {
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
      callback: { make: (fn) => every(fn), goOn: true },
    }),

  find: (name) =>
    sinkConformance(name, () => find((x: number) => x > 1), {
      result: 2,
      empty: undefined,
      enough: 3,
      callback: { make: (fn) => find(fn), goOn: false },
    }),

  first: (name) =>
    sinkConformance(name, () => first<number>(), { result: 0, empty: undefined, enough: 1 }),

  forEach: (name) =>
    sinkConformance(name, () => forEach(() => 'dropped'), {
      result: undefined,
      empty: undefined,
      callback: { make: (fn) => forEach(fn), goOn: null },
    }),

  last: (name) => sinkConformance(name, () => last<number>(), { result: 4, empty: undefined }),

  reduce: (name) =>
    sinkConformance(name, () => reduce((sum, x: number) => sum + x, 0), {
      result: 10,
      empty: 0,
      callback: { make: (fn) => reduce(fn, 'initial' as unknown), goOn: 'value' },
    }),

  some: (name) =>
    sinkConformance(name, () => some((x: number) => x > 1), {
      result: true,
      empty: false,
      enough: 3,
      callback: { make: (fn) => some(fn), goOn: false },
    }),

  tally: (name) =>
    sinkConformance(name, () => tally((x: number) => x % 2), {
      result: [
        [0, 3],
        [1, 2],
      ],
      empty: [],
      callback: { make: (fn) => tally(fn), goOn: 0 },
    }),

  toArray: (name) =>
    sinkConformance(name, () => toArray<number>(), { result: [0, 1, 2, 3, 4], empty: [] }),
};

describe('sinks', () => {
  for (const [name, row] of Object.entries(rows)) row(name);

  it('every sink of the package has a row here', async () => {
    const exported = new Set<unknown>(Object.values(sluice));
    const sinks = ['broadcast'];
    const folder = new URL('../../lib/sinks/', import.meta.url);
    for (const file of readdirSync(folder).filter((path) => path.endsWith('.js'))) {
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      sinks.push(...Object.keys(module).filter((name) => exported.has(module[name])));
    }
    expect(Object.keys(rows).sort()).to.deep.equal(sinks.sort());
  });
});

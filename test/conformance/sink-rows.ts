import {
  count,
  drain,
  every,
  find,
  first,
  forEach,
  last,
  reduce,
  some,
  tally,
  toArray,
} from '../../lib/index.js';
import { sinkRow } from './conformance.js';
import { junctionSinkRows } from './junction-sink-rows.js';

/** One row for each sink, and for each junction that is one. */
export const sinkRows: Record<string, (name: string) => void> = {
  ...junctionSinkRows,

  count: (name) => sinkRow(name, () => count(), { result: 5, empty: 0 }),

  drain: (name) => sinkRow(name, () => drain(), { result: undefined, empty: undefined }),

  every: (name) =>
    sinkRow(name, () => every((x: number) => x < 2), {
      result: false,
      empty: true,
      enough: 3,
      callback: { make: (fn, options) => every(fn, options), goOn: true },
    }),

  find: (name) =>
    sinkRow(name, () => find((x: number) => x > 1), {
      result: 2,
      empty: undefined,
      enough: 3,
      callback: { make: (fn, options) => find(fn, options), goOn: false },
    }),

  first: (name) => sinkRow(name, () => first<number>(), { result: 0, empty: undefined, enough: 1 }),

  forEach: (name) =>
    sinkRow(name, () => forEach(() => 'dropped'), {
      result: undefined,
      empty: undefined,
      callback: { make: (fn, options) => forEach(fn, options), goOn: null },
    }),

  last: (name) => sinkRow(name, () => last<number>(), { result: 4, empty: undefined }),

  reduce: (name) =>
    sinkRow(name, () => reduce((sum, x: number) => sum + x, 0), {
      result: 10,
      empty: 0,
      callback: { make: (fn, options) => reduce(fn, 'initial' as unknown, options), goOn: 'value' },
    }),

  some: (name) =>
    sinkRow(name, () => some((x: number) => x > 1), {
      result: true,
      empty: false,
      enough: 3,
      callback: { make: (fn, options) => some(fn, options), goOn: false },
    }),

  tally: (name) =>
    sinkRow(name, () => tally((x: number) => x % 2), {
      result: [
        [0, 3],
        [1, 2],
      ],
      empty: [],
      callback: { make: (fn, options) => tally(fn, options), goOn: 0 },
    }),

  toArray: (name) => sinkRow(name, () => toArray<number>(), { result: [0, 1, 2, 3, 4], empty: [] }),
};

import {
  dedupe,
  drop,
  dropWhile,
  enumerate,
  filter,
  pairwise,
  sample,
  scan,
  sort,
  take,
  takeWhile,
  tap,
  top,
  uniq,
  window,
} from '../../lib/index.js';
import { WHOLE } from '../../lib/testing/harness/feed.js';
import { concurrentRows } from './concurrent-rows.js';
import { conformance } from './conformance.js';
import { timedRows } from './timed-rows.js';

const numbers = [3, 1, 4, 1, 5, 9, 2, 6];
const asTheyAre = (items: readonly unknown[]) => items;
/** The operators that emit nothing before their input has ended. */
const whole = { whole: true, inputsPerOutput: WHOLE };

/** One row for each operator. */
export const operatorRows: Record<string, (name: string) => void> = {
  ...concurrentRows,
  ...timedRows,
  dedupe: (name) =>
    conformance(name, () => dedupe<number>({ within: 2 }), {
      input: [1, 1, 2, 1, 3, 1, 2],
      expected: [1, 2, 3, 2],
      inputsPerOutput: 3,
      callback: {
        make: (key, options) => dedupe({ ...options, key, within: 2 }),
        goOn: 0,
        nulls: [],
        named: false,
      },
      values: { make: () => dedupe({ key: () => ({}) }), expected: asTheyAre },
    }),

  drop: (name) =>
    conformance(name, () => drop<number>(3), {
      input: numbers,
      expected: numbers.slice(3),
      inputsPerOutput: 4,
      values: { make: () => drop(0), expected: asTheyAre },
    }),

  dropWhile: (name) =>
    conformance(name, () => dropWhile((x: number) => x < 5), {
      input: numbers,
      expected: numbers.slice(numbers.indexOf(5)),
      inputsPerOutput: 5,
      callback: { make: (fn, options) => dropWhile(fn, options), goOn: true, nulls: [] },
      values: { make: () => dropWhile(() => false), expected: asTheyAre },
    }),

  enumerate: (name) =>
    conformance(name, () => enumerate<number>(), {
      input: numbers,
      expected: numbers.map((item, index) => [index, item] as [number, number]),
      values: { make: () => enumerate(), expected: (items) => [...items.entries()] },
    }),

  filter: (name) =>
    conformance(name, () => filter((x: number) => x % 2 === 1), {
      input: numbers,
      expected: [3, 1, 1, 5, 9],
      inputsPerOutput: 4,
      callback: { make: (fn, options) => filter(fn, options), goOn: true, nulls: [] },
      values: { make: () => filter(() => true), expected: asTheyAre },
    }),

  pairwise: (name) =>
    conformance(name, () => pairwise<number>(), {
      input: numbers,
      expected: numbers.slice(1).map((item, at) => [numbers[at], item] as [number, number]),
      inputsPerOutput: 2,
      values: {
        make: () => pairwise(),
        expected: (items) => items.slice(1).map((item, at) => [items[at], item]),
      },
    }),

  sample: (name) =>
    conformance(name, () => sample<number>(3, { random: () => 0 }), {
      ...whole,
      input: numbers,
      expected: [1, 4, 6],
      endless: () => sample(WHOLE),
      values: { make: () => sample(100), expected: asTheyAre },
    }),

  scan: (name) =>
    conformance(name, () => scan((sum, x: number) => sum + x, 0), {
      input: numbers,
      expected: [3, 4, 8, 9, 14, 23, 25, 31],
      callback: {
        make: (fn, options) => scan(fn, 'initial' as unknown, options),
        goOn: 'value',
        nulls: [null],
      },
      values: { make: () => scan((_, item) => item, {} as unknown), expected: asTheyAre },
    }),

  sort: (name) =>
    conformance(name, () => sort<number>(), {
      ...whole,
      input: numbers,
      expected: [1, 1, 2, 3, 4, 5, 6, 9],
      callback: {
        make: (by, options) => sort({ ...options, by }),
        goOn: 0,
        nulls: [],
        named: false,
      },
      values: {
        make: () => sort({ compare: () => 0 }),
        expected: ([missing, ...items]) => [...items, missing],
      },
    }),

  take: (name) =>
    conformance(name, () => take<number>(3), {
      input: numbers,
      expected: numbers.slice(0, 3),
      endless: () => take(Number.MAX_SAFE_INTEGER),
      values: { make: () => take(100), expected: asTheyAre },
    }),

  takeWhile: (name) =>
    conformance(name, () => takeWhile((x: number) => x < 5), {
      input: numbers,
      expected: numbers.slice(0, numbers.indexOf(5)),
      endless: () => takeWhile(() => true),
      callback: { make: (fn, options) => takeWhile(fn, options), goOn: true, nulls: [] },
      values: { make: () => takeWhile(() => true), expected: asTheyAre },
    }),

  tap: (name) =>
    conformance(name, () => tap(() => 'dropped'), {
      input: numbers,
      expected: numbers,
      callback: { make: (fn, options) => tap(fn, options), goOn: null, nulls: [] },
      values: { make: () => tap(() => null), expected: asTheyAre },
    }),

  top: (name) =>
    conformance(name, () => top(3, (x: number) => x), {
      ...whole,
      input: numbers,
      expected: [9, 6, 5],
      endless: () => top(WHOLE, (x) => x),
      callback: { make: (by, options) => top(3, by, options), goOn: 0, nulls: [] },
      values: { make: () => top(100, () => 0), expected: asTheyAre },
    }),

  uniq: (name) =>
    conformance(name, () => uniq<number>(), {
      input: numbers,
      expected: [3, 1, 4, 5, 9, 2, 6],
      inputsPerOutput: 2,
      endless: () => uniq({ key: () => ({}) }),
      callback: {
        make: (key, options) => uniq({ ...options, key }),
        goOn: 0,
        nulls: [],
        named: false,
      },
      values: { make: () => uniq({ key: () => ({}) }), expected: asTheyAre },
    }),

  window: (name) =>
    conformance(name, () => window<number>(3), {
      input: numbers,
      expected: numbers.slice(2).map((_, at) => numbers.slice(at, at + 3)),
      inputsPerOutput: 3,
      values: { make: () => window(1), expected: (items) => items.map((item) => [item]) },
    }),
};

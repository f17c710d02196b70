import { flatMap, map } from '../../lib/index.js';
import { conformance } from './conformance.js';

const numbers = [3, 1, 4, 1, 5, 9, 2, 6];
const asTheyAre = (items: readonly unknown[]) => items;
/** One item at a time, and several at a time. */
const side: readonly {
  concurrency?: number;
  order?: 'completion' | (() => unknown);
}[] = [
  {},
  { concurrency: 3 },
  { concurrency: 3, order: 'completion' },
  { concurrency: 3, order: () => 'one key' },
];
/** The same key for all items, so they run one at a time. */
const callsOf = ({ concurrency = 1, order }: (typeof side)[number]): number =>
  typeof order === 'function' ? 1 : concurrency;
const described = ({ concurrency, order }: (typeof side)[number]): string =>
  [concurrency && 'with concurrency', order && `in order ${order}`].filter(Boolean).join(' ');
const sorted = (items: readonly number[]) => [...items].sort((a, b) => a - b);

/** A row for each operator with `concurrency`. */
export const concurrentRows: Record<string, (name: string) => void> = {
  flatMap: (name) => {
    for (const options of side) {
      conformance(
        `${name} ${described(options)}`.trim(),
        () => flatMap((x: number) => [x, -x], options),
        {
          input: numbers,
          expected: numbers.flatMap((x) => [x, -x]),
          essence: (items) => (options.order === undefined ? items : sorted(items)),
          callback: {
            make: (fn, policies) =>
              flatMap<number, number>(fn as () => number[], { ...policies, ...options } as object),
            goOn: ['item'],
            nulls: [[null]],
            operator: name,
            calls: callsOf(options),
          },
          values: { make: () => flatMap((item) => [item], options), expected: asTheyAre },
        },
      );
    }
  },

  map: (name) => {
    for (const options of side) {
      conformance(
        `${name} ${described(options)}`.trim(),
        () => map((x: number) => x * 2, options),
        {
          input: numbers,
          expected: [6, 2, 8, 2, 10, 18, 4, 12],
          callback: {
            make: (fn, policies) => map(fn, { ...policies, ...options }),
            goOn: 'item',
            nulls: [null],
            operator: name,
            calls: callsOf(options),
          },
          values: { make: () => map((item) => item, options), expected: asTheyAre },
        },
      );
      conformance(
        `${name} of promises ${described(options)}`.trim(),
        () => map(async (x: number) => x * 2, options),
        {
          input: numbers,
          expected: [6, 2, 8, 2, 10, 18, 4, 12],
          sync: false,
          inputsPerOutput: options.concurrency ?? 1,
          values: { make: () => map(async (item: unknown) => item, options), expected: asTheyAre },
        },
      );
    }
  },
};

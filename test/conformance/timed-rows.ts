import { batch, buffer, debounce, delay, throttle, timeout } from '../../lib/index.js';
import { conformance } from './conformance.js';

const numbers = [3, 1, 4, 1, 5, 9, 2, 6];
const asTheyAre = (items: readonly unknown[]) => items;
/** Longer than any test: nothing here waits for it. */
const LONG_MS = 1_000_000;

/** A row for each operator that has to do with time and rate. */
export const timedRows: Record<string, (name: string) => void> = {
  batch: (name) => {
    for (const options of [{}, { maxDelayMs: LONG_MS }]) {
      conformance(`${name} ${Object.keys(options)}`.trim(), () => batch<number>(3, options), {
        input: numbers,
        expected: [
          [3, 1, 4],
          [1, 5, 9],
          [2, 6],
        ],
        inputsPerOutput: 3,
        values: { make: () => batch(1, options), expected: (items) => items.map((item) => [item]) },
      });
    }
  },

  buffer: (name) => {
    for (const when of ['block', 'drop-oldest', 'drop-newest'] as const) {
      conformance(`${name} ${when}`, () => buffer<number>({ size: 16, when }), {
        input: numbers,
        expected: numbers,
        sync: false,
        endless: () => buffer<number>({ size: 16 }),
        inputsPerOutput: 16,
        lossy: when !== 'block',
        values: { make: () => buffer({ size: 16, when }), expected: asTheyAre },
      });
    }
  },

  debounce: (name) =>
    conformance(name, () => debounce<number>({ quietMs: 1 }), {
      input: numbers,
      expected: numbers.slice(-1),
      // On a busy machine the input itself may pause for that long.
      essence: (items) => items.slice(-1),
      endless: () => debounce<number>({ quietMs: LONG_MS, maxDelayMs: 0 }),
      values: {
        make: () => debounce({ quietMs: LONG_MS, maxDelayMs: 0 }),
        expected: asTheyAre,
      },
    }),

  delay: (name) =>
    conformance(name, () => delay<number>({ delayMs: 1, buffer: 4 }), {
      input: numbers,
      expected: numbers,
      sync: false,
      endless: () => delay<number>({ delayMs: 0, buffer: 4 }),
      inputsPerOutput: 4,
      values: { make: () => delay({ delayMs: 1 }), expected: asTheyAre },
    }),

  throttle: (name) =>
    conformance(name, () => throttle<number>({ items: 3, perMs: 1 }), {
      input: numbers,
      expected: numbers,
      sync: false,
      values: { make: () => throttle({ items: 3, perMs: 1 }), expected: asTheyAre },
    }),

  timeout: (name) =>
    conformance(name, () => timeout<number>({ firstMs: LONG_MS, betweenMs: LONG_MS }), {
      input: numbers,
      expected: numbers,
      values: { make: () => timeout({ betweenMs: LONG_MS }), expected: asTheyAre },
    }),
};

import {
  concat,
  from,
  generate,
  interleave,
  interval,
  join,
  merge,
  mergeSorted,
  race,
  range,
  tee,
  zip,
  zipLatest,
  zipLongest,
} from '../../lib/index.js';
import { sourceRow } from './conformance.js';

/** One row for each source, and for each junction that is one. */
export const sourceRows: Record<string, (name: string) => void> = {
  concat: (name) =>
    sourceRow(name, (a, b) => concat(a!, b!), { expected: [0, 1, 2], asked: [3, 0] }),

  from: (name) => {
    sourceRow(name, (items) => from(items!), { expected: [0, 1, 2], asked: [3] });
    sourceRow(`${name} of a source`, (items) => from(from(items!)), {
      expected: [0, 1, 2],
      asked: [3],
    });
  },

  generate: (name) =>
    sourceRow(name, () => generate(0, (x) => x + 1), { expected: [0, 1, 2], asked: [] }),

  interleave: (name) =>
    sourceRow(name, (a, b) => interleave(a!, b!), { expected: [0, 0, 1], asked: [2, 1] }),

  interval: (name) =>
    sourceRow(name, () => interval({ everyMs: 1, firstMs: 0 }), {
      expected: [0, 1, 2],
      asked: [],
      timed: true,
    }),

  join: (name) => {
    const on = (item: number) => item;
    const expected = [
      [0, 0],
      [1, 1],
      [2, 2],
    ];
    const held = Array.from({ length: 50 }, (_, item) => item);
    sourceRow(name, (items) => join(items!, held, { on, kind: 'left' }), {
      expected,
      asked: [3],
    });
    // The right one is asked until it has no more items of a key.
    sourceRow(`${name} of sorted sources`, (a, b) => join(a!, b!, { on, strategy: 'sorted' }), {
      expected,
      asked: [3, 4],
    });
  },

  merge: (name) =>
    sourceRow(name, (a, b) => merge(a!, b!), {
      expected: [0, 0, 1],
      asked: [2, 1],
      // Neither keeps the other from being asked.
      askedLater: [2, 2],
    }),

  mergeSorted: (name) =>
    sourceRow(name, (a, b) => mergeSorted(a!, b!), { expected: [0, 0, 1], asked: [2, 2] }),

  race: (name) =>
    sourceRow(name, (a, b) => race(a!, b!), {
      expected: [0, 1, 2],
      asked: [3, 0],
      askedLater: [3, 1],
    }),

  range: (name) =>
    sourceRow(name, () => range(0, Number.POSITIVE_INFINITY), {
      expected: [0, 1, 2],
      asked: [],
    }),

  tee: (name) =>
    sourceRow(
      name,
      (items) => {
        const [left, right] = tee(items!);
        return zip(left, right);
      },
      {
        expected: [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        asked: [3],
      },
    ),

  zip: (name) =>
    sourceRow(name, (a, b) => zip(a!, b!), {
      expected: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      asked: [3, 3],
    }),

  zipLatest: (name) =>
    sourceRow(name, (a, b) => zipLatest(a!, b!), {
      expected: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
      asked: [2, 2],
      // Neither keeps the other from being asked.
      askedLater: [3, 2],
    }),

  zipLongest: (name) =>
    sourceRow(name, (a, b) => zipLongest(a!, b!), {
      expected: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      asked: [3, 3],
    }),
};

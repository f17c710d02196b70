import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import * as sluice from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { rejection } from '../helpers/rejection.js';
import { sourceConformance } from './source-conformance.js';

const {
  concat,
  from,
  generate,
  interleave,
  interval,
  join,
  merge,
  mergeSorted,
  pipeline,
  race,
  range,
  take,
  tee,
  toArray,
  zip,
  zipLatest,
  zipLongest,
} = sluice;

/** One row for each source, and for each junction that is one. */
const rows: Record<string, (name: string) => void> = {
  concat: (name) =>
    sourceConformance(name, (a, b) => concat(a!, b!), { expected: [0, 1, 2], asked: [3, 0] }),

  from: (name) => {
    sourceConformance(name, (items) => from(items!), { expected: [0, 1, 2], asked: [3] });
    sourceConformance(`${name} of a source`, (items) => from(from(items!)), {
      expected: [0, 1, 2],
      asked: [3],
    });
  },

  generate: (name) =>
    sourceConformance(name, () => generate(0, (x) => x + 1), { expected: [0, 1, 2], asked: [] }),

  interleave: (name) =>
    sourceConformance(name, (a, b) => interleave(a!, b!), { expected: [0, 0, 1], asked: [2, 1] }),

  interval: (name) =>
    sourceConformance(name, () => interval({ everyMs: 1, firstMs: 0 }), {
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
    sourceConformance(name, (items) => join(items!, held, { on, kind: 'left' }), {
      expected,
      asked: [3],
    });
    // The right one is asked until it has no more items of a key.
    sourceConformance(
      `${name} of sorted sources`,
      (a, b) => join(a!, b!, { on, strategy: 'sorted' }),
      {
        expected,
        asked: [3, 4],
      },
    );
  },

  merge: (name) =>
    sourceConformance(name, (a, b) => merge(a!, b!), {
      expected: [0, 0, 1],
      asked: [2, 1],
      // Neither keeps the other from being asked.
      askedLater: [2, 2],
    }),

  mergeSorted: (name) =>
    sourceConformance(name, (a, b) => mergeSorted(a!, b!), { expected: [0, 0, 1], asked: [2, 2] }),

  race: (name) =>
    sourceConformance(name, (a, b) => race(a!, b!), {
      expected: [0, 1, 2],
      asked: [3, 0],
      askedLater: [3, 1],
    }),

  range: (name) =>
    sourceConformance(name, () => range(0, Number.POSITIVE_INFINITY), {
      expected: [0, 1, 2],
      asked: [],
    }),

  tee: (name) =>
    sourceConformance(
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
    sourceConformance(name, (a, b) => zip(a!, b!), {
      expected: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      asked: [3, 3],
    }),

  zipLatest: (name) =>
    sourceConformance(name, (a, b) => zipLatest(a!, b!), {
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
    sourceConformance(name, (a, b) => zipLongest(a!, b!), {
      expected: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      asked: [3, 3],
    }),
};

describe('sources', () => {
  for (const [name, row] of Object.entries(rows)) row(name);

  it('every source of the package has a row here', async () => {
    const exported = new Set<unknown>(Object.values(sluice));
    const sources = new Set<string>();
    for (const room of ['sources', 'junctions']) {
      const folder = new URL(`../../lib/${room}/`, import.meta.url);
      for (const file of readdirSync(folder).filter((path) => path.endsWith('.js'))) {
        const module: Record<string, unknown> = await import(new URL(file, folder).href);
        for (const [name, value] of Object.entries(module))
          if (exported.has(value)) sources.add(name);
      }
    }
    // Junctions too, but sinks; a dead letter is made of one, to be an onError.
    const sinks = [
      'Hub',
      'balance',
      'branch',
      'broadcast',
      'deadLetter',
      'groupBy',
      'hub',
      'partition',
    ];
    expect([...Object.keys(rows), ...sinks].sort()).to.deep.equal([...sources].sort());
  });
});

describe('a function as a source', () => {
  it('is not called before an item is wanted, nor is that of a source after it', async () => {
    const calls: string[] = [];
    const first = () => {
      calls.push('first');
      return [1, 2];
    };
    const second = () => {
      calls.push('second');
      return [3];
    };
    const source = concat(first, second);
    expect(calls).to.deep.equal([]);
    expect(await pipeline(source, take(2), toArray())).to.deep.equal([1, 2]);
    expect(calls).to.deep.equal(['first']);
  });

  it('that makes a stream has it closed when the pipeline settles', async () => {
    const counted = new Counted();
    const made: Readable[] = [];
    const make = () => {
      const stream = Readable.from(counted.later());
      made.push(stream);
      return stream;
    };
    expect(await pipeline(make, take(2), toArray())).to.deep.equal([0, 1]);
    expect(made.map(({ closed }) => closed)).to.deep.equal([true]);
    expect(counted.closed).to.equal(true);
  });

  it('that makes a stream fails with the error of the stream as it is', async () => {
    const cause = new Error('input failed on purpose');
    const make = () => new Readable({ read() {}, construct: (callback) => callback(cause) });
    expect(await rejection(pipeline(make, toArray()))).to.equal(cause);
  });
});

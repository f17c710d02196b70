import {
  balance,
  branch,
  broadcast,
  count,
  deadLetter,
  find,
  first,
  forEach,
  groupBy,
  hub,
  partition,
  type Sink,
  toArray,
} from '../../lib/index.js';
import type { JunctionSpec } from '../../lib/testing/index.js';
import { sinkRow } from './conformance.js';

const refuse = (): never => {
  throw new Error('refused on purpose');
};
const isEven = (x: number) => x % 2 === 0;
const later = async <T>(value: T) => value;
const record = (value: unknown) => ({ status: 'fulfilled', value, dropped: 0 });

type Branch = Sink<number, unknown>;
type Branches = Parameters<JunctionSpec<number>['make']>;
/** A junction with any number of branches. */
const over =
  (make: unknown) =>
  (...branches: Branches) =>
    (make as (...parts: Branches) => Branch)(...branches);

/** One row for each junction with branches. */
export const junctionSinkRows: Record<string, (name: string) => void> = {
  balance: (name) => {
    sinkRow(name, () => balance(toArray<number>(), count<number>()), {
      result: [[0, 2, 4], 2],
      empty: [[], 0],
      junction: { make: over(balance), branches: 3 },
    });
    sinkRow(
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
    sinkRow(name, () => branch(toArray<number>()), {
      result: record([0, 1, 2, 3, 4]),
      empty: record([]),
      junction: { make: (...[sink]) => branch(sink as Branch), branches: 1 },
    });
    sinkRow(`${name} that ends early`, () => branch(first<number>()), {
      result: record(0),
      empty: record(undefined),
      enough: 1,
    });
  },

  broadcast: (name) => {
    sinkRow(name, () => broadcast(toArray<number>(), count<number>()), {
      result: [[0, 1, 2, 3, 4], 5],
      empty: [[], 0],
      junction: { make: over(broadcast), branches: 3 },
    });
    sinkRow(
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

  deadLetter: (name) =>
    sinkRow(name, () => forEach(refuse, { onError: deadLetter(toArray()) }), {
      result: undefined,
      empty: undefined,
      junction: {
        make: (...[sink]) => forEach(refuse, { onError: deadLetter(sink as never) }),
        branches: 1,
        goesOn: true,
      },
    }),

  groupBy: (name) => {
    for (const [how, key] of Object.entries({
      '': isEven,
      ' (async)': (x: number) => later(isEven(x)),
    })) {
      sinkRow(`${name}${how}`, () => groupBy(key, () => toArray<number>()), {
        result: new Map([
          [true, [0, 2, 4]],
          [false, [1, 3]],
        ]),
        empty: new Map(),
        junction: {
          make: (...branches) => groupBy(key, (even) => branches[Number(!even)] as Branch),
          goesOn: true,
        },
      });
    }
    sinkRow(`${name} with a callback`, () => groupBy(isEven, () => count<number>()), {
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
    sinkRow(
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
    sinkRow(
      name,
      () => {
        const made = hub<number>();
        made.join(toArray());
        made.join(first());
        return made;
      },
      {
        result: { dropped: 0 },
        empty: { dropped: 0 },
        junction: {
          make: (...branches) => {
            const made = hub<number>();
            for (const sink of branches) made.join(sink as Branch);
            return made;
          },
          goesOn: true,
        },
      },
    ),

  partition: (name) => {
    for (const [how, route] of Object.entries({
      '': isEven,
      ' (async)': (x: number) => later(isEven(x)),
    })) {
      sinkRow(`${name}${how}`, () => partition(route, toArray<number>(), count<number>()), {
        result: [[0, 2, 4], 2],
        empty: [[], 0],
        junction: {
          make: (...[evens, odds]) => partition(route, evens as Branch, odds as Branch),
        },
      });
    }
    sinkRow(
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
    sinkRow(
      `${name} whose branches all end early`,
      () => partition(isEven, first<number>(), first<number>()),
      { result: [0, 1], empty: [undefined, undefined], enough: 2 },
    );
  },
};

import { Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { type Input, sinkConformance, sourceConformance } from '../../lib/testing/index.js';
import { type Faulty, findsFaults, PATIENCE } from './faulty.js';

let open = 0;

/** Opens a resource, and has no `return` method to close it. */
function careless(): AsyncIterable<number> {
  let item = 0;
  return {
    [Symbol.asyncIterator]: () => {
      if (item === 0) open = 1;
      return {
        next: async () => {
          await turn();
          item += 1;
          return { done: false, value: item };
        },
      };
    },
  };
}

async function* oneAfterAnother(...inputs: Input[]): AsyncGenerator<number> {
  for (const input of inputs) yield* input;
}

const eager = (): Readable => {
  let item = 0;
  return new Readable({
    objectMode: true,
    read() {
      for (const last = item + 100; item < last; item += 1) this.push(item);
    },
  });
};

const ticking = (): Readable => {
  let item = 0;
  const stream: Readable = new Readable({
    objectMode: true,
    read: () =>
      setTimeout(() => {
        item += 1;
        stream.push(item);
      }, 1),
    destroy: (error, done) => {
      setTimeout(() => {}, 1000);
      done(error);
    },
  });
  return stream;
};

const two = { ...PATIENCE, expected: [1, 2] };

const sources: Record<string, Faulty> = {
  'leaves something open': {
    checks: sourceConformance(() => careless(), { ...two, open: () => open }),
    fails: ['closes once when the loop that reads it breaks off'],
    saying: /still open|not over/,
  },

  'leaves a timer behind': {
    checks: sourceConformance(ticking, two),
    fails: ['closes once when it is destroyed'],
    saying: /Timeout/,
  },

  'gives other items': {
    checks: sourceConformance(ticking, { ...PATIENCE, expected: [1, 3] }),
    fails: [
      'gives the expected items through pipeline',
      'gives the expected items to a slow reader',
    ],
  },

  'goes on after its end': {
    checks: sourceConformance(() => [1, 2, 3], { ...two, ends: true }),
    fails: ['ends after its last item through pipeline'],
  },

  'reads ahead without bound': {
    checks: sourceConformance(eager, two),
    fails: ['asks for no more than a bufferful when its reader stalls'],
    saying: /holds \d+ items/,
  },

  'ends where it should fail': {
    checks: sourceConformance(() => [1, 2], { ...two, failing: () => [1] }),
    fails: ['fails when something is wrong with it, and closes once'],
    saying: /resolved/,
  },

  'leaves an input open that it has not come to': {
    checks: sourceConformance<number>((...inputs) => oneAfterAnother(...inputs), {
      ...PATIENCE,
      expected: [0, 1],
      asked: [2, 0],
    }),
    fails: [
      'destroys the streams it reads when it is destroyed unread',
      'fails at once when input 1 does, though all others are silent',
    ],
  },

  'asks for more than it needs': {
    checks: sourceConformance<number>(
      async function* (input) {
        const held: number[] = [];
        for await (const item of input ?? []) if (held.push(item) > 2) yield held.shift() as number;
      },
      { ...PATIENCE, expected: [0, 1], asked: [2] },
    ),
    fails: ['asks its inputs (items) only for what is taken from it'],
  },
};

const three = { ...PATIENCE, input: [1, 2, 3], empty: [] };

class Store extends Writable {
  readonly items: number[] = [];

  constructor(write: (item: number, items: number[]) => void) {
    super({ objectMode: true, write: (item, _, done) => done(void write(item, this.items)) });
  }
}

const store = (write: (item: number, items: number[]) => void, failing?: number[]) =>
  sinkConformance<number>(() => new Store(write), {
    ...three,
    result: [1, 2, 3],
    resultOf: ({ items }: Store) => items,
    ...(failing && { failing }),
  });

/** Gives each item to both branches without waiting for them. */
const both = (...branches: Writable[]): Writable =>
  new Writable({
    objectMode: true,
    write: (item, _, done) => {
      for (const branch of branches) branch.write(item);
      done();
    },
    final: (done) => {
      for (const branch of branches) branch.end();
      done();
    },
  });

const sinks: Record<string, Faulty> = {
  'loses an item': {
    checks: store((item, items) => void (item === 3 || items.push(item))),
    fails: ["gives its result through Node's pipeline", 'gives its result when it is written to'],
  },

  'takes what it should fail on': {
    checks: store((item, items) => void items.push(item), [7]),
    fails: ["fails on an item it can't take in pipeline, which closes everything"],
    saying: /without failing/,
  },

  'goes on after an abort': {
    checks: sinkConformance<number>(
      () => async (items) => {
        const all: number[] = [];
        try {
          for await (const item of items) all.push(item);
        } catch {
          await new Promise(() => {});
        }
        return all;
      },
      { ...three, result: [1, 2, 3] },
    ),
    fails: [
      'aborts while its input is silent, leaving nothing behind',
      'fails with the error of the stream it reads, as it is',
    ],
    saying: /not returned/,
  },

  'asks for more than it needs': {
    checks: sinkConformance<number>(
      () => async (items) => {
        let count = 0;
        for await (const item of items) {
          count += 1;
          if (count === 3) return item - 2;
        }
        return undefined;
      },
      { ...three, result: 1, enough: 1, empty: undefined },
    ),
    fails: ['closes its source once it has its result, without asking for one more'],
  },

  'is a junction which waits for no branch': {
    checks: sinkConformance<number>(() => both(), {
      ...three,
      result: undefined,
      empty: undefined,
      junction: { make: (...branches) => both(...(branches as Writable[])) },
    }),
    fails: [
      'fails at once when branch 1 does, though all others are busy, and tells them',
      'ends every branch before it settles, and leaves no listener',
      'closes its source when all of its branches have ended early',
      'waits for its branches while they are busy, and closes them when it is aborted',
    ],
  },
};

describe('sourceConformance finds a source that', () => {
  findsFaults(sources);
});

describe('sinkConformance finds a sink that', () => {
  findsFaults(sinks);
});

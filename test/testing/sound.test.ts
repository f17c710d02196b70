import { Readable, Transform, Writable } from 'node:stream';
import { TransformStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { compose, filter, map, range, toArray, zip } from '../../lib/index.js';
import {
  type Check,
  sinkConformance,
  sourceConformance,
  stageConformance,
} from '../../lib/testing/index.js';

class Upper extends Transform {
  constructor() {
    super({ objectMode: true });
  }

  override _transform(item: string, _: unknown, done: (error: null, item: string) => void): void {
    done(null, item.toUpperCase());
  }
}

/** Emits items in pairs, and a single one that is left at the end. */
class Pairs extends Transform {
  #held: unknown[] = [];

  constructor() {
    super({ objectMode: true });
  }

  override _transform(item: unknown, _: unknown, done: () => void): void {
    if (this.#held.push(item) === 2) this.#letGo();
    setImmediate(done);
  }

  override _flush(done: () => void): void {
    if (this.#held.length > 0) this.#letGo();
    done();
  }

  #letGo(): void {
    this.push(this.#held.splice(0));
  }
}

async function* upper(items: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const item of items) {
    await turn();
    yield item.toUpperCase();
  }
}

const texts = { input: ['a', 'b', 'c', 'd'], expected: ['A', 'B', 'C', 'D'] };

const stages: Record<string, readonly Check[]> = {
  'a Transform': stageConformance(() => new Upper(), {
    ...texts,
    failing: ['a', 1 as never],
  }),
  'a Transform that holds items': stageConformance<number, number[]>(() => new Pairs(), {
    input: [1, 2, 3],
    expected: [[1, 2], [3]],
    inputsPerOutput: 2,
  }),
  'a Transform with a callback': stageConformance<string, string>(() => new Upper(), {
    ...texts,
    callback: {
      goOn: 'item',
      make: (fn) => {
        const controller = new AbortController();
        return new Transform({
          objectMode: true,
          transform: (item, _, done) => {
            const { signal } = controller;
            const call = async () => fn(item, { signal });
            call().then((answer) => done(null, answer), done);
          },
          destroy: (error, done) => {
            controller.abort();
            done(error);
          },
        });
      },
    },
  }),
  'an async generator function': stageConformance(() => upper, { ...texts, failing: [1 as never] }),
  'what compose makes': stageConformance(
    () =>
      compose(
        map((x: number) => x * 2),
        filter((x) => x > 2),
      ),
    { input: [1, 2, 3], expected: [4, 6], inputsPerOutput: 2, sync: true },
  ),
  'what compose makes of a Transform and a function': stageConformance<string, string>(
    () => compose(new Upper(), upper),
    // As many as the Transform buffers.
    { ...texts, inputsPerOutput: 32 },
  ),
  'a web TransformStream': stageConformance<string, string>(
    () =>
      new TransformStream({
        transform: (item: string, controller) => controller.enqueue(item.toUpperCase()),
      }) as never,
    texts,
  ),
};

let open = 0;

/** Counts from 0 and holds a resource open while it is read. */
async function* counting(): AsyncGenerator<number> {
  open += 1;
  try {
    for (let item = 0; ; item += 1) {
      await turn();
      yield item;
    }
  } finally {
    await turn();
    open -= 1;
  }
}

class Counting extends Readable {
  #next = 0;

  constructor() {
    super({ objectMode: true });
    open += 1;
  }

  override _read(): void {
    this.push(this.#next++);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    open -= 1;
    done(error);
  }
}

const numbers = { expected: [0, 1, 2, 3] };

const sources: Record<string, readonly Check[]> = {
  'an async generator function': sourceConformance(() => counting, {
    ...numbers,
    open: () => open,
  }),
  'a Readable': sourceConformance(() => new Counting(), { ...numbers, open: () => open }),
  'an iterable that ends': sourceConformance(() => new Set([0, 1, 2, 3]), {
    ...numbers,
    ends: true,
  }),
  'what compose makes': sourceConformance(
    () =>
      compose(
        range(0, 3),
        map((x) => x + 1),
      ),
    { expected: [1, 2, 3], ends: true },
  ),
  'a source that fails': sourceConformance(() => counting, {
    ...numbers,
    failing: () =>
      async function* () {
        yield 0;
        throw new Error('on purpose');
      },
  }),
  'a junction that compose makes': sourceConformance(
    (a, b) =>
      compose(
        zip(a ?? [], b ?? []),
        map(([x, y]) => x - y),
      ),
    { expected: [0, 0], asked: [2, 2] },
  ),
};

class Store extends Writable {
  readonly items: unknown[] = [];

  constructor() {
    super({ objectMode: true });
  }

  override _write(item: unknown, _: unknown, done: (error?: Error) => void): void {
    if (item === 'bad') return done(new Error('bad'));
    this.items.push(item);
    setImmediate(done);
  }
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const three = { input: [1, 2, 3], result: [1, 2, 3], empty: [] };

const sinks: Record<string, readonly Check[]> = {
  'a Writable': sinkConformance<unknown>(() => new Store(), {
    ...three,
    resultOf: ({ items }: Store) => items,
    failing: ['good', 'bad'],
  }),
  'an async function': sinkConformance<unknown>(() => collect, three),
  'what compose makes': sinkConformance(
    () =>
      compose(
        map((x: number) => x * 2),
        toArray(),
      ),
    { ...three, result: [2, 4, 6] },
  ),
};

describe('sluice/testing', () => {
  for (const [what, all] of Object.entries({ stages, sources, sinks }))
    for (const [name, checks] of Object.entries(all)) {
      describe(`finds nothing wrong with ${what}: ${name}`, () => {
        for (const check of checks) it(check.name, check.run);
      });
    }
});

import { expect } from 'chai';
import {
  broadcast,
  compose,
  concat,
  drain,
  every,
  filter,
  find,
  first,
  flatMap,
  from,
  generate,
  map,
  merge,
  pipeline,
  pull,
  scan,
  some,
  take,
  takeWhile,
  tee,
  toArray,
  zip,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

/** Each of these needs exactly four numbers, or the given count. */
const ways: Record<string, { run(source: unknown): Promise<unknown>; asked?: number }> = {
  'take(4)': { run: (source) => anyPipeline(source, take(4), toArray()) },
  'take(4) behind other stages': {
    run: (source) =>
      anyPipeline(
        source,
        map((x: number) => x),
        scan((_: number, x: number) => x, 0),
        take(4),
        toArray(),
      ),
  },
  'take(4) behind an async stage': {
    run: (source) =>
      anyPipeline(
        source,
        map(async (x: number) => x),
        take(4),
        toArray(),
      ),
  },
  'take(4) before other stages': {
    run: (source) =>
      anyPipeline(
        source,
        take(4),
        flatMap((x: number) => [x, x]),
        toArray(),
      ),
  },
  'take(4) behind one half of flatMap': {
    asked: 2,
    run: (source) =>
      anyPipeline(
        source,
        flatMap((x: number) => [x, x]),
        take(4),
        toArray(),
      ),
  },
  'take(2) behind a filter of every second': {
    asked: 3,
    run: (source) =>
      anyPipeline(
        source,
        filter((x: number) => x % 2 === 0),
        take(2),
        toArray(),
      ),
  },
  'take(4) behind a stage that is a function': {
    run: (source) =>
      anyPipeline(
        source,
        async function* (items: AsyncIterable<number>) {
          yield* items;
        },
        take(4),
        toArray(),
      ),
  },
  'take(4) in a broadcast of one': {
    run: (source) => anyPipeline(source, broadcast(compose(take(4), toArray()))),
  },
  'take(4) of zip': { run: (source) => anyPipeline(zip(source as []), take(4), toArray()) },
  'take(4) of merge': { run: (source) => anyPipeline(merge(source as []), take(4), toArray()) },
  'take(4) of concat': { run: (source) => anyPipeline(concat(source as []), take(4), toArray()) },
  'take(4) of a tee': {
    run: (source) => anyPipeline(tee(source as [], { branches: 1 })[0], take(4), toArray()),
  },
  'takeWhile that refuses the fourth': {
    run: (source) =>
      anyPipeline(
        source,
        takeWhile((x: number) => x < 3),
        toArray(),
      ),
  },
  'find that finds the fourth': {
    run: (source) =>
      anyPipeline(
        source,
        find((x) => x === 3),
      ),
  },
  'some that is true of the fourth': {
    run: (source) =>
      anyPipeline(
        source,
        some((x) => x === 3),
      ),
  },
  'every that is false of the fourth': {
    run: (source) =>
      anyPipeline(
        source,
        every((x) => (x as number) < 3),
      ),
  },
  'first behind a filter': {
    run: (source) =>
      anyPipeline(
        source,
        filter((x: number) => x === 3),
        first(),
      ),
  },
  'take(0)': { asked: 0, run: (source) => anyPipeline(source, take(0), drain()) },
  'a loop that breaks': {
    run: async (source) => {
      const sink = async (items: AsyncIterable<number>) => {
        for await (const item of items) if (item === 3) break;
      };
      await anyPipeline(source, sink);
    },
  },
};

const kinds: Record<string, (counted: Counted) => unknown> = {
  'a generator': (counted) => counted.items(),
  'an async generator': (counted) => counted.later(),
  'a generator function': (counted) => () => counted.items(),
  'a source of a generator': (counted) => from(counted.items()),
};

describe('trap: a generator that is asked for more than is wanted', () => {
  noUnhandled();

  for (const [way, { run, asked = 4 }] of Object.entries(ways)) {
    for (const [kind, make] of Object.entries(kinds)) {
      it(`${way} asks ${kind} exactly ${asked} times, and closes it`, async () => {
        const counted = new Counted();
        await run(make(counted));
        expect(counted.asked).to.equal(asked);
        expect(counted.closed).to.equal(asked > 0);
      });
    }
  }

  it('take(4) calls the function of generate for the three items after the first', async () => {
    let calls = 0;
    const next = (x: number) => {
      calls += 1;
      return x + 1;
    };
    await pipeline(generate(0, next), take(4), drain());
    expect(calls).to.equal(3);
  });

  it('take(4) asks a generator exactly four times in pull', () => {
    const counted = new Counted();
    expect([...pull(counted.items(), take(4))]).to.deep.equal([0, 1, 2, 3]);
    expect(counted).to.deep.equal({ asked: 4, closed: true });
  });

  it('pull asks for an item when one is asked of it, and not before', () => {
    const counted = new Counted();
    const items = pull(
      counted.items(),
      map((x) => x * 2),
    );
    expect(counted.asked).to.equal(0);
    items.next();
    items.next();
    expect(counted.asked).to.equal(2);
  });
});

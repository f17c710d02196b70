import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { expect } from 'chai';
import { ArgumentError, AsyncError, StageError } from '../../lib/core/base/errors.js';
import { flatMap } from '../../lib/operators/flat-map.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { tap } from '../../lib/operators/tap.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { pull } from '../../lib/streams/pull.js';
import type { PullSource } from '../../lib/streams/types.js';
import { Counted } from '../helpers/counted.js';
import { noUnhandled } from '../helpers/no-unhandled.js';

const cause = new Error('broken on purpose');
const later = new Error('later');

/** What a call throws. */
function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return expect.fail('did not throw');
}

describe('pull', () => {
  noUnhandled();

  it('gives the items of a source, with stages or without', () => {
    expect([...pull(range(0, 3))]).to.deep.equal([0, 1, 2]);
    expect([...pull('ab')]).to.deep.equal(['a', 'b']);
    expect([
      ...pull(
        () => [1, 2],
        map((x) => x * 2),
      ),
    ]).to.deep.equal([2, 4]);
  });

  it('runs nothing before the first item is asked for', () => {
    const counted = new Counted();
    let made = 0;
    const make = () => {
      made += 1;
      return counted.items();
    };
    const items = pull(make, take(9));
    expect([made, counted.asked]).to.deep.equal([0, 0]);
    items.next();
    expect([made, counted.asked]).to.deep.equal([1, 1]);
  });

  it('moves one item through all stages before it asks for another', () => {
    const log: string[] = [];
    const note = (name: string) => tap((x: number) => void log.push(`${name} ${x}`));
    const items = pull(range(0, 9), note('a'), note('b'));
    expect(items.next()).to.deep.equal({ done: false, value: 0 });
    expect(log).to.deep.equal(['a 0', 'b 0']);
    expect(items.next()).to.deep.equal({ done: false, value: 1 });
    expect(log).to.deep.equal(['a 0', 'b 0', 'a 1', 'b 1']);
  });

  it('is an iterator over itself that stays at its end', () => {
    const items = pull(range(0, 1));
    expect(items[Symbol.iterator]()).to.equal(items);
    items.next();
    expect([items.next(), items.next()]).to.deep.equal([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  for (const [how, leave] of Object.entries({
    'a break': (items: Iterable<number>) => {
      for (const item of items) if (item === 1) break;
    },
    'return()': (items: IterableIterator<number>) => {
      items.next();
      items.next();
      expect(items.return?.()).to.deep.equal({ done: true, value: undefined });
    },
    destructuring: (items: Iterable<number>) => {
      const [first, second] = items;
      expect([first, second]).to.deep.equal([0, 1]);
    },
  })) {
    it(`closes its source at ${how}, and gives nothing after it`, () => {
      const counted = new Counted();
      const items = pull(counted.items());
      leave(items);
      expect(counted).to.deep.equal({ asked: 2, closed: true });
      expect(items.next().done).to.equal(true);
    });
  }

  it('closes its source when a stage ends early', () => {
    const counted = new Counted();
    expect([...pull(counted.items(), take(2))]).to.deep.equal([0, 1]);
    expect(counted).to.deep.equal({ asked: 2, closed: true });
  });

  it('closes the iterable that a stage is in the middle of, too', () => {
    const counted = new Counted();
    const items = pull(
      [1],
      flatMap(() => counted.items()),
    );
    items.next();
    items.return?.();
    expect(counted.closed).to.equal(true);
  });

  it('runs for as long as it likes without an event loop', () => {
    let sum = 0;
    for (const item of pull(range(0, 200_000))) sum += item;
    expect(sum).to.equal(19_999_900_000);
  });

  it('that fails throws, names the stage, closes its source and gives nothing after it', () => {
    const counted = new Counted();
    const items = pull(
      counted.items(),
      map(
        (x) => {
          if (x === 1) throw cause;
          return x;
        },
        { name: 'broken' },
      ),
    );
    expect(items.next().value).to.equal(0);
    const error = thrown(() => items.next()) as StageError;
    expect(error).to.be.instanceOf(StageError).that.includes({ index: 1, item: 1, cause });
    expect(error.stage).to.deep.equal({ name: 'broken', position: 1 });
    expect(counted.closed).to.equal(true);
    expect(items.next().done).to.equal(true);
  });

  it('keeps the first error when its source can not be closed after it', () => {
    const source = function* () {
      try {
        yield 1;
      } finally {
        fail(later);
      }
    };
    const broken = map((): never => fail(cause));
    const error = thrown(() => pull(source, broken).next()) as { suppressed?: StageError[] };
    expect(error).to.include({ cause });
    expect(error.suppressed).to.have.length(1);
    expect(error.suppressed?.[0]).to.include({ cause: later });
  });

  it('throws what closing its source throws, at return()', () => {
    const source = function* () {
      try {
        yield 1;
      } finally {
        fail(later);
      }
    };
    const items = pull(source);
    items.next();
    expect(thrown(() => items.return?.())).to.include({ cause: later });
  });

  const waiting: Record<string, readonly [stage: string, position: number, make: () => unknown]> = {
    'an async generator': ['from', 0, () => pull(sync(forever()))],
    'an async generator function': ['forever', 0, () => pull(sync(forever))],
    'a Readable': ['Readable', 0, () => pull(sync(new Readable({ read: () => {} })))],
    'a promise among the items': ['from', 0, () => pull([Promise.reject(cause)])],
    'a callback that answers a promise': [
      'map(answer)',
      1,
      () =>
        pull(
          [1],
          map(async function answer() {}),
        ),
    ],
    'an async generator function as a stage': ['forever', 1, () => pull([1], forever)],
    'a duplex stream that works elsewhere': [
      'Gzip',
      1,
      () => pull([Buffer.from('text')], createGzip()),
    ],
  };
  for (const [what, [name, position, make]] of Object.entries(waiting)) {
    it(`refuses ${what} when it would have to wait for it, naming the stage`, async () => {
      const items = make() as IterableIterator<unknown>;
      const error = thrown(() => items.next()) as StageError;
      expect(error).to.be.instanceOf(StageError);
      expect(error.stage).to.deep.equal({ name, position });
      expect(error.cause).to.be.instanceOf(AsyncError);
      expect(error.message).to.match(/use pipeline\(\)/);
      expect(items.next().done).to.equal(true);
      await turn();
    });
  }

  it('closes an asynchronous source that it has refused', async () => {
    const source = new Readable({ read: () => {} });
    thrown(() => pull(sync(source)).next());
    await turn();
    expect(source.destroyed).to.equal(true);
  });

  it('refuses what can not be read, and what is no stage, at the call', () => {
    const any = pull as (...parts: unknown[]) => unknown;
    expect(() => any(5)).to.throw(ArgumentError, /^pull: the source must be a stream.*got 5/);
    expect(() => any()).to.throw(ArgumentError, /^pull: needs at least 1 arguments, got 0/);
    expect(() => any([1], toArray())).to.throw(ArgumentError, /^pull: a stage must be/);
  });
});

/** What the types would refuse already. */
const sync = (source: unknown): PullSource<number> => source as PullSource<number>;

async function* forever(): AsyncGenerator<number, void> {
  yield await new Promise<number>(() => {});
}

function fail(error: Error): never {
  throw error;
}

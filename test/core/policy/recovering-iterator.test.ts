import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { drain, flatMap, map, pipeline, pull, take, toArray } from '../../../lib/index.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';
import { rejection, stageFailure } from '../../helpers/rejection.js';

const cause = new Error('broken on purpose');
const refused = new Error('refused to close on purpose');
const refuse = (): never => {
  throw refused;
};
const onError = (_error: unknown, item: unknown) => [`rest of ${item}`];

/** An iterable whose second item fails, and whether its iterator was closed. */
function broken() {
  const seen = { closed: 0 };
  const throwing = function* (item: unknown) {
    try {
      yield item;
      throw cause;
    } finally {
      seen.closed += 1;
    }
  };
  const holding = (bad: () => unknown) =>
    function* (item: unknown) {
      try {
        yield item;
        yield bad();
        yield 'never read';
      } finally {
        seen.closed += 1;
      }
    };
  const later = async function* (item: unknown) {
    await turn();
    yield* throwing(item);
  };
  const forms: Record<string, (item: unknown) => Iterable<unknown> | AsyncIterable<unknown>> = {
    'a generator that throws': throwing,
    'a generator that yields null': holding(() => null),
    'a generator that yields a promise that rejects': holding(() => Promise.reject(cause)),
    'an async generator that throws': later,
    'an async generator that yields null': async function* (item) {
      yield* holding(() => null)(item);
    },
    'an array that holds null': (item) => [item, null, 'never read'],
    'an array that holds a promise of null': (item) => [item, Promise.resolve(null), 'never read'],
  };
  return { seen, forms };
}

const names = Object.keys(broken().forms);
const isArray = (name: string) => name.startsWith('an array');

describe('what flatMap reads, with onError,', () => {
  noUnhandled();

  for (const name of names) {
    it(`ends with the items before the bad one, for ${name} and 'skip'`, async () => {
      const { seen, forms } = broken();
      const stage = flatMap(forms[name] as () => unknown[], { onError: 'skip' });
      expect(await pipeline(['a', 'b'], stage, toArray())).to.deep.equal(['a', 'b']);
      expect(seen.closed).to.equal(isArray(name) ? 0 : 2);
    });

    it(`goes on with the answer of a function, for ${name}`, async () => {
      const { seen, forms } = broken();
      const stage = flatMap(forms[name] as () => unknown[], { onError });
      const items = await pipeline(['a', 'b'], stage, toArray());
      expect(items).to.deep.equal(['a', 'rest of a', 'b', 'rest of b']);
      expect(seen.closed).to.equal(isArray(name) ? 0 : 2);
    });
  }

  it('is synchronous where the items are', () => {
    const { forms } = broken();
    const stage = flatMap(forms['a generator that throws'] as () => unknown[], { onError });
    expect([...pull(['a'], stage)]).to.deep.equal(['a', 'rest of a']);
  });

  it('is closed, once, when the run ends before it does', async () => {
    const { seen, forms } = broken();
    const stage = flatMap(forms['a generator that throws'] as () => unknown[], { onError });
    expect(await pipeline(['a'], stage, take(1), toArray())).to.deep.equal(['a']);
    expect(seen.closed).to.equal(1);
    const replaced = flatMap(() => Promise.reject(cause), {
      onError: () => closing(seen),
    });
    expect(await pipeline(['a'], replaced, take(1), toArray())).to.deep.equal(['instead']);
    expect(seen.closed).to.equal(2);
  });

  function* closing(seen: { closed: number }) {
    try {
      yield 'instead';
      yield 'never read';
    } finally {
      seen.closed += 1;
    }
  }

  it('fails when what is read instead fails, with the first error suppressed', async () => {
    const worse = new Error('worse on purpose');
    const { forms } = broken();
    const stage = flatMap(forms['a generator that throws'] as () => unknown[], {
      onError: function* () {
        yield 'instead';
        throw worse;
      },
    });
    const items: unknown[] = [];
    const run = pipeline(['a'], stage, async (all) => {
      for await (const item of all) items.push(item);
    });
    const error = await stageFailure(run);
    expect(error.cause).to.equal(worse);
    expect(error).to.have.property('suppressed').that.deep.equals([cause]);
    expect(items).to.deep.equal(['a', 'instead']);
  });

  it('fails when it can not be closed at the end of the run, which is not its business', async () => {
    const stage = flatMap(
      function* () {
        try {
          yield 1;
          yield 2;
        } finally {
          refuse();
        }
      },
      { onError: 'skip' },
    );
    const error = await rejection(pipeline([0], stage, take(1), drain()));
    expect(error).to.have.property('cause', refused);
  });

  it('hands on, as suppressed, what closing fails with', async () => {
    const heard: unknown[] = [];
    const stage = flatMap(
      function* (): Generator<null> {
        try {
          yield null;
        } finally {
          refuse();
        }
      },
      {
        onError: (error: Error & { suppressed?: unknown[] }) => {
          heard.push(error.suppressed);
          return [];
        },
      } as never,
    );
    await pipeline([0], stage, drain());
    expect(heard).to.deep.equal([[refused]]);
  });

  for (const taken of [0, 1]) {
    it(`a stream of which ${taken} items are wanted has been closed before the run settles`, async () => {
      const log: string[] = [];
      const stream = new Readable({
        objectMode: true,
        read() {
          this.push(1);
        },
        destroy(_error, done) {
          setTimeout(() => {
            log.push('closed');
            done(null);
          }, 5);
        },
      });
      const stages = [flatMap(() => stream, { onError }), take(taken + 1)];
      const controller = new AbortController();
      const stopAt = map((x: unknown) => {
        if (taken === 0) controller.abort();
        return x;
      });
      const run = pipeline([1], ...(stages as []), stopAt, drain(), { signal: controller.signal });
      await run.catch(() => {});
      log.push('settled');
      expect(log).to.deep.equal(['closed', 'settled']);
    });
  }
});

import { PassThrough, Readable, Writable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  buffer,
  delay,
  drain,
  flatMap,
  forEach,
  formatLines,
  map,
  merge,
  pipeline,
  range,
  type Stage,
  zip,
} from '../../lib/index.js';
import { busy } from '../helpers/busy.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { noting, storage } from '../helpers/storage.js';

type Parts = (stage: Stage<unknown, unknown>) => readonly unknown[];

/** Runs with a callback that is called after the call has returned, woken in different ways. */
const woken: Record<string, Parts> = {
  'a promise': (stage) => [
    range(0, 9),
    map(async (x) => {
      await turn();
      return x;
    }),
    stage,
    drain(),
  ],
  'the time slice': (stage) => [
    range(0, 9),
    map((x) => {
      busy(3);
      return x;
    }),
    stage,
    drain(),
  ],
  'a timer': (stage) => [range(0, 3), delay({ delayMs: 1 }), stage, drain()],
  'an idle turn': (stage) => [range(0, 9), formatLines(), stage, drain()],
  'a loop that fills a buffer': (stage) => [range(0, 99), buffer({ size: 4 }), stage, drain()],
  'a retry': (stage) => [
    range(0, 3),
    map(flaky(), { retry: { attempts: 2, delayMs: 1 } }),
    stage,
    drain(),
  ],
  'calls side by side': (stage) => [
    range(0, 9),
    map((x) => turn(x), { concurrency: 3, order: 'completion' }),
    stage,
    drain(),
  ],
  'streams side by side': (stage) => [
    range(0, 9),
    flatMap(() => Readable.from([1, 2]), { concurrency: 3 }),
    stage,
    drain(),
  ],
  'sources side by side': (stage) => [
    merge(Readable.from([1, 2]), zip(range(0, 9), Readable.from([1, 2]))),
    stage,
    drain(),
  ],
  'a function stage': (stage) => [
    range(0, 9),
    async function* later(items: AsyncIterable<unknown>) {
      for await (const x of items) yield await turn(x);
    },
    stage,
    drain(),
  ],
  'a web stream': (stage) => [ReadableStream.from([1, 2, 3]), stage, drain()],
  'a duplex stream': (stage) => [
    range(0, 99),
    new PassThrough({ objectMode: true }),
    stage,
    drain(),
  ],
  'a sink that takes more': (stage) => [
    range(0, 99),
    stage,
    new Writable({
      objectMode: true,
      write: (_item, _encoding, callback) => setImmediate(callback),
    }),
  ],
};

/** Fails for each item at first. */
function flaky(): (x: number) => number {
  const failed = new Set<number>();
  return (x) => {
    if (failed.has(x)) return x;
    failed.add(x);
    throw new Error('on purpose');
  };
}

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('trap: the AsyncLocalStorage of other code', () => {
  noUnhandled();

  for (const [what, parts] of Object.entries(woken)) {
    it(`callbacks that ${what} has woken find that of the caller`, async () => {
      const seen = new Set<string | undefined>();
      await storage.run('caller', () => anyPipeline(...parts(noting(seen))));
      expect([...seen]).to.deep.equal(['caller']);
    });
  }

  it('callbacks that a stream has woken find that of the caller, not of who feeds it', async () => {
    const seen = new Set<string | undefined>();
    const source = new Readable({ objectMode: true, read: () => {} });
    const ended: (string | undefined)[] = [];
    const sink = forEach(() => {});
    const run = storage.run('caller', async () => {
      await pipeline(source, noting(seen), sink);
      ended.push(storage.getStore());
    });
    for (let x = 0; x < 3; x += 1) {
      await turn();
      storage.run('feeder', () => source.push(x));
    }
    await turn();
    storage.run('feeder', () => source.push(null));
    await run;
    expect([...seen]).to.deep.equal(['caller']);
    expect(ended).to.deep.equal(['caller']);
  });

  for (const option of ['onError', 'retry'] as const) {
    it(`what ${option} calls after a failure finds that of the caller`, async () => {
      const seen: (string | undefined)[] = [];
      const fails = async (): Promise<string> => {
        await turn();
        seen.push(storage.getStore());
        throw new Error('on purpose');
      };
      const onError = (): string => {
        seen.push(storage.getStore());
        return 'instead';
      };
      const retry = { attempts: option === 'retry' ? 2 : 1, delayMs: 1 };
      await storage.run('caller', () =>
        pipeline(Readable.from([1]), map(fails, { onError, retry }), drain()),
      );
      expect(seen).to.deep.equal(seen.map(() => 'caller'));
      expect(seen).to.have.length(retry.attempts + 1);
    });
  }

  it('callbacks of runs side by side each find that of their own', async () => {
    const runs = ['a', 'b', 'c'].map(async (name) => {
      const seen = new Set<string | undefined>();
      const through = new PassThrough({ objectMode: true });
      await storage.run(name, () => pipeline(range(0, 99), through, noting(seen), drain()));
      return [...seen];
    });
    expect(await Promise.all(runs)).to.deep.equal([['a'], ['b'], ['c']]);
  });
});

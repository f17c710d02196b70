import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  type Context,
  compose,
  concat,
  drain,
  flatMap,
  from,
  map,
  merge,
  pipeline,
  pull,
  take,
  tee,
  zip,
} from '../../lib/index.js';
import { gone } from '../helpers/gone.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { rejection } from '../helpers/rejection.js';

type Log = string[];
type Ends = (log: Log) => {
  readonly stages: readonly unknown[];
  readonly options?: object;
};

const ENDLESS = Number.POSITIVE_INFINITY;

/** Gives numbers, and takes some turns of the event loop to close. */
const slowToClose = (log: Log, name = 'source', count = ENDLESS) =>
  async function* source() {
    try {
      for (let x = 0; x < count; x += 1) yield x;
    } finally {
      for (let turns = 0; turns < 4; turns += 1) await turn();
      log.push(`${name} closed`);
    }
  };

/** Ways in which a run of an endless source comes to its end. */
const endings: Record<string, Ends> = {
  'a stage throws': () => ({
    stages: [
      map((x: number) => {
        if (x === 3) throw new Error('on purpose');
        return x;
      }),
      drain(),
    ],
  }),
  'a sink rejects': () => ({
    stages: [
      async (items: AsyncIterable<number>) => {
        for await (const x of items) if (x === 3) throw new Error('on purpose');
      },
    ],
  }),
  'a stream of the user fails': () => {
    const stream = new PassThrough({ objectMode: true });
    stream.once('data', () => stream.destroy(new Error('on purpose')));
    return { stages: [stream, drain()] };
  },
  'it is aborted': () => {
    const controller = new AbortController();
    return {
      stages: [
        map((x: number) => {
          if (x === 3) controller.abort();
          return x;
        }),
        drain(),
      ],
      options: { signal: controller.signal },
    };
  },
  'it is aborted while a stage waits': () => {
    const controller = new AbortController();
    return {
      stages: [
        map((x: number) => {
          if (x === 3) setImmediate(() => controller.abort());
          return x === 3 ? new Promise(() => {}) : x;
        }),
        drain(),
      ],
      options: { signal: controller.signal },
    };
  },
  'it is stopped': () => {
    const controller = new AbortController();
    return {
      stages: [
        map((x: number) => {
          if (x === 3) controller.abort();
          return x;
        }),
        drain(),
      ],
      options: { stop: controller.signal },
    };
  },
  'a stage has enough': () => ({ stages: [take(3), drain()] }),
  'a sink has enough': () => ({
    stages: [
      async (items: AsyncIterable<number>) => {
        for await (const x of items) if (x === 3) return;
      },
    ],
  }),
};

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('trap: cleanup that nobody awaits', () => {
  noUnhandled();

  const sources: Record<string, (log: Log) => { source: unknown; closed: Log }> = {
    'a generator function': (log) => ({ source: slowToClose(log), closed: ['source closed'] }),
    'a generator': (log) => ({ source: slowToClose(log)(), closed: ['source closed'] }),
    'a source used as a stream': (log) => ({
      source: from(slowToClose(log)).on('error', () => {}),
      closed: ['source closed'],
    }),
    'what flatMap makes': (log) => ({
      source: compose([1], flatMap(slowToClose(log))),
      closed: ['source closed'],
    }),
    'a stage that is a function, and the source before it': (log) => ({
      source: compose(slowToClose(log)(), async function* stage(items: AsyncIterable<number>) {
        try {
          yield* items;
        } finally {
          for (let turns = 0; turns < 6; turns += 1) await turn();
          log.push('stage closed');
        }
      }),
      closed: ['source closed', 'stage closed'],
    }),
    'both sources of zip': (log) => ({
      source: compose(
        zip(slowToClose(log, 'a'), slowToClose(log, 'b')),
        map(([x]) => x),
      ),
      closed: ['a closed', 'b closed'],
    }),
    'both sources of merge': (log) => ({
      source: merge(
        compose(
          slowToClose(log, 'a')(),
          map((x) => x),
        ),
        slowToClose(log, 'b'),
      ),
      closed: ['a closed', 'b closed'],
    }),
    'both sources of concat': (log) => ({
      source: concat(slowToClose(log, 'a', 0), slowToClose(log, 'b')),
      closed: ['a closed', 'b closed'],
    }),
    'the source of a tee': (log) => ({
      source: tee(slowToClose(log), { branches: 1 })[0],
      closed: ['source closed'],
    }),
  };
  for (const [what, make] of Object.entries(sources)) {
    for (const [when, ends] of Object.entries(endings)) {
      // What has come of an item is finished first, and this never is.
      if (what === 'what flatMap makes' && when === 'it is stopped') continue;
      it(`${what} has been closed before the pipeline settles when ${when}`, async () => {
        const log: Log = [];
        const { source, closed } = make(log);
        const { stages, options } = ends(log);
        const settled = anyPipeline(source, ...stages, ...(options ? [options] : []));
        await settled.catch(() => {});
        log.push('settled');
        expect(log.slice(0, -1)).to.have.members(closed);
        expect(log.at(-1)).to.equal('settled');
      });
    }
  }

  it('an async function at the end has done its own before the pipeline settles', async () => {
    const log: Log = [];
    const controller = new AbortController();
    const save = async (items: AsyncIterable<number>, { signal }: Context) => {
      try {
        for await (const x of items) if (x === 3) controller.abort();
        log.push('saved');
      } finally {
        log.push(`told ${signal.aborted}`);
        for (let turns = 0; turns < 4; turns += 1) await turn();
        log.push('undone');
      }
    };
    const run = pipeline(slowToClose(log)(), save, { signal: controller.signal });
    expect(await rejection(run)).to.have.property('code', 'ABORT_ERR');
    log.push('settled');
    expect(log).to.have.members(['told true', 'source closed', 'undone', 'settled']);
    expect(log.at(-1)).to.equal('settled');
  });

  it('a stage that is a function does not take an abort for the end of its input', async () => {
    const log: Log = [];
    const controller = new AbortController();
    const waiting = async function* () {
      yield 1;
      controller.abort();
      yield new Promise<number>(() => {});
    };
    const commit = async function* (items: AsyncIterable<number>) {
      try {
        for await (const _item of items);
        log.push('committed');
        yield 'all';
      } catch {
        log.push('rolled back');
      }
    };
    const run = pipeline(waiting, commit, drain(), { signal: controller.signal });
    expect(await rejection(run)).to.have.property('code', 'ABORT_ERR');
    expect(log).to.deep.equal(['rolled back']);
  });

  it('a source has been closed before its stream says that it is', async () => {
    const log: Log = [];
    const source = from(slowToClose(log));
    source.once('data', () => source.destroy());
    await gone(source);
    expect(log).to.deep.equal(['source closed']);
  });

  it('a sync generator has been closed before pull breaks off', () => {
    const log: Log = [];
    const generator = function* () {
      try {
        for (;;) yield 1;
      } finally {
        log.push('closed');
      }
    };
    for (const _item of pull(generator(), take(5))) break;
    log.push('broke off');
    expect(log).to.deep.equal(['closed', 'broke off']);
  });
});

import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import {
  compose,
  concat,
  drain,
  flatMap,
  from,
  map,
  merge,
  pipeline,
  take,
  tee,
  zip,
} from '../../lib/index.js';
import { sink } from '../../lib/streams/define.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { slowToClose } from '../helpers/slow-to-close.js';

type Log = string[];
type Ends = (log: Log) => {
  readonly stages: readonly unknown[];
  readonly options?: object;
  /** How many later failures are in `suppressed` of the first. */
  readonly suppressed?: number;
};

const refuse = (): never => {
  throw new Error('refused on purpose');
};

const throws = () =>
  map((x: number) => {
    if (x === 3) throw new Error('on purpose');
    return x;
  });

/** A sink with one action when it closes and another one at the fourth item. */
const closing = (close: () => void, act = () => {}) =>
  sink<number, void>('closing', {
    take: (x: number) => {
      if (x === 3) act();
    },
    close,
  });

const ends = (end: () => void) => sink<number, void>('ending', { take: () => {}, end });

/** The fourth item aborts or stops the run; the stage may have to wait meanwhile. */
const signalled = (option: 'signal' | 'stop', waits: boolean) => () => {
  const controller = new AbortController();
  const stage = map((x: number) => {
    if (x !== 3) return x;
    if (!waits) controller.abort();
    else setImmediate(() => controller.abort());
    return waits ? new Promise<number>(() => {}) : x;
  });
  return { stages: [stage, drain()], options: { [option]: controller.signal } };
};

/** Ways to end a run of an endless source. */
const endings: Record<string, Ends> = {
  'a stage throws': () => ({ stages: [throws(), drain()] }),
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
  'it is aborted': signalled('signal', false),
  'it is aborted while a stage waits': signalled('signal', true),
  'it is stopped': signalled('stop', false),
  'a stage throws, and then the sink in closing': () => ({
    stages: [throws(), closing(refuse)],
    suppressed: 1,
  }),
  'a sink rejects, and then in closing': () => ({
    stages: [closing(refuse, refuse)],
    suppressed: 1,
  }),
  'it is aborted, and then the sink fails in closing': () => {
    const { stages, options } = signalled('signal', false)();
    return { stages: [stages[0], closing(refuse)], options, suppressed: 1 };
  },
  'a sink fails at its end, when a stage has enough': () => ({ stages: [take(3), ends(refuse)] }),
  'a sink fails in closing, when a stage has enough': () => ({
    stages: [take(3), closing(refuse)],
  }),
  'a stage has enough': () => ({ stages: [take(3), drain()] }),
  'a sink has enough': () => ({
    stages: [
      async (items: AsyncIterable<number>) => {
        for await (const x of items) if (x === 3) return;
      },
    ],
  }),
};

const suppressedBy = (error: { readonly suppressed?: readonly unknown[] }) =>
  error.suppressed ?? [];

const anyPipeline = pipeline as (...parts: unknown[]) => Promise<unknown>;

describe('trap: cleanup that no caller awaits', () => {
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
      // The output of an item is finished first, and this output has no end.
      if (what === 'what flatMap makes' && when === 'it is stopped') continue;
      it(`${what} has been closed before the pipeline settles when ${when}`, async () => {
        const log: Log = [];
        const { source, closed } = make(log);
        const { stages, options, suppressed = 0 } = ends(log);
        const settled = anyPipeline(source, ...stages, ...(options ? [options] : []));
        const error = await settled.then(() => undefined, suppressedBy);
        log.push('settled');
        expect(error ?? []).to.have.length(suppressed);
        expect(log.slice(0, -1)).to.have.members(closed);
        expect(log.at(-1)).to.equal('settled');
      });
    }
  }
});

import { expect } from 'chai';
import { placed } from '../../../lib/core/base/stage-ref.js';
import {
  balance,
  branch,
  broadcast,
  compose,
  deadLetter,
  flatMap,
  forEach,
  groupBy,
  hub,
  map,
  partition,
  pipeline,
  push,
  range,
  type Sink,
  type TraceEvent,
} from '../../../lib/index.js';
import { inManySlices } from '../../helpers/many-slices.js';
import { noUnhandled } from '../../helpers/no-unhandled.js';

type Log = (what: string) => void;

const ITEMS = 12;
const odd = (x: number) => x % 2 === 1;
const twice = () => flatMap((x: number) => [x, x + 0.5]);

/** Ends that note each item. */
const noting = (log: Log) => (name: string) =>
  forEach(
    (x: number) => {
      log(`${name} ${x}`);
      return name;
    },
    { name },
  );

const sinks: Record<string, (log: Log) => Sink<number, unknown, unknown>> = {
  broadcast: (log) => {
    const end = noting(log);
    return broadcast(
      end('a'),
      compose(
        map((x: number) => x + 1),
        end('b'),
      ),
      end('c'),
    );
  },
  'broadcast of what makes more of an item': (log) => {
    const end = noting(log);
    return broadcast(compose(twice(), end('a')), end('b'), compose(twice(), twice(), end('c')));
  },
  'broadcast in broadcast': (log) => {
    const end = noting(log);
    return broadcast(
      broadcast(end('a'), end('b')),
      broadcast(end('c'), compose(twice(), end('d'))),
    );
  },
  'broadcast with policies': (log) => {
    const end = noting(log);
    return broadcast(branch(end('a')), branch(end('b'), { when: 'drop-oldest', buffer: 1 }));
  },
  partition: (log) => partition(odd, noting(log)('a'), noting(log)('b')),
  balance: (log) => balance(noting(log)('a'), compose(twice(), noting(log)('b'))),
  groupBy: (log) =>
    groupBy(
      (x: number) => x % 3,
      (key) => noting(log)(`group ${key}`),
    ),
  hub: (log) => {
    const all = hub<number>();
    for (const name of ['a', 'b']) all.join(noting(log)(name));
    return all;
  },
  'a dead letter': (log) => {
    const letters = forEach(({ item }: { item: number }) => log(`letter ${item}`));
    const refuse = (x: number) => {
      if (odd(x)) throw new Error('odd');
      return x;
    };
    return compose(map(refuse, { onError: deadLetter(letters) }), noting(log)('a'));
  },
};

const ways: Record<string, (sink: Sink<number, unknown, unknown>, log: Log) => Promise<unknown>> = {
  'a traced pipeline': (sink, log) =>
    pipeline(
      range(0, ITEMS),
      map((x) => x + 1),
      sink,
      { trace: tracing(log) },
    ),
  'traced sends': (sink, log) => sendAll(sink, log, { trace: tracing(log) }),
  'sends that are awaited': (sink, log) => sendAll(sink, log, {}),
  'sends in one go': async (sink, log) => {
    const producer = push(
      map((x: number) => x + 1),
      sink,
    );
    const sends = range(0, ITEMS).map((x) => producer.send(x as number));
    const answers = await sends.toArray();
    await producer.close();
    log(JSON.stringify(answers));
  },
};

const tracing =
  (log: Log) =>
  ({ stage, kind }: TraceEvent): void => {
    // What has ended is closed first, each branch in its own time.
    if (kind !== 'end') log(`${placed(stage)} ${kind}`);
  };

async function sendAll(
  sink: Sink<number, unknown, unknown>,
  log: Log,
  options: { readonly trace?: (event: TraceEvent) => void },
): Promise<void> {
  const producer = push(
    map((x: number) => x + 1),
    sink,
    options,
  );
  for (let x = 0; x < ITEMS; x += 1) log(`answer ${String(await producer.send(x))}`);
  await producer.close();
}

describe('the order of what happens', () => {
  noUnhandled();

  for (const [way, run] of Object.entries(ways))
    for (const [name, make] of Object.entries(sinks))
      it(`of ${way} is the same wherever time slices end: ${name}`, async () => {
        const noted = async (ends: () => boolean): Promise<string[]> => {
          const log: string[] = [];
          const note: Log = (what) => void log.push(what);
          await inManySlices(ends, () => run(make(note), note));
          return log;
        };
        const whole = await noted(() => false);
        for (let period = 4; period <= 16; period += 1) {
          let looks = 0;
          const ends = () => looks++ % period === 0;
          expect(await noted(ends), `every ${period} looks`).to.deep.equal(whole);
        }
      });
});

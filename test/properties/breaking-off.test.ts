import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  balance,
  broadcast,
  groupBy,
  hub,
  partition,
  pipeline,
  push,
  type Sink,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { TIMEOUT_MS } from './timeout.js';
import { paces, upTo, Worker } from './worker.js';

type Each = Sink<number, void, number>;
type Joined = Sink<number, unknown, unknown>;

const junctions: Record<string, (sinks: Each[]) => Joined> = {
  balance: (sinks) => balance(...sinks),
  broadcast: (sinks) => (broadcast as (...args: unknown[]) => Joined)(...sinks),
  groupBy: (sinks) =>
    groupBy(
      (item: number) => item % sinks.length,
      (key) => sinks[key] as Each,
    ),
  hub: (sinks) => {
    const all = hub<number>();
    for (const sink of sinks) all.join(sink);
    return all;
  },
  partition: (sinks) =>
    partition(
      async (item: number) => item % sinks.length,
      new Map(sinks.map((sink, at) => [at, sink])),
    ),
};

const anything = [
  fc.constantFrom(...Object.keys(junctions)),
  fc.array(paces, { minLength: 1, maxLength: 4 }),
  fc.option(fc.nat({ max: 20 }), { nil: undefined }),
  fc.nat({ max: 8 }),
] as const;

/** The junction over workers of which the first may fail. */
function joined(
  name: string,
  each: ConstructorParameters<typeof Worker>[0][],
  failAt?: number,
): Joined {
  const workers = each.map((pace, at) => new Worker(pace, at === 0 ? failAt : undefined));
  return junctions[name]?.(workers.map(({ sink }) => sink)) as Joined;
}

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await turn();
}

describe('breaking off what spreads items, at any moment and with any failure', function () {
  this.timeout(TIMEOUT_MS);

  it('rejects the run once, with its source closed', async () => {
    const property = fc.asyncProperty(...anything, async (name, each, failAt, breakAt) => {
      const counted = new Counted();
      const abort = new AbortController();
      const run = pipeline(counted.later(), joined(name, each, failAt), { signal: abort.signal });
      const outcome = run.then(
        () => 'resolved',
        (error) => error.code,
      );
      await turns(breakAt);
      abort.abort();
      expect(await outcome).to.be.oneOf(['ABORT_ERR', 'ERR_SLUICE_STAGE']);
      expect(counted.closed).to.equal(counted.asked > 0);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('settles every send once, and refuses to close', async () => {
    const property = fc.asyncProperty(...anything, async (name, each, failAt, breakAt) => {
      const producer = push(joined(name, each, failAt));
      const settled: string[] = [];
      const note = (how: string) => () => void settled.push(how);
      const sends = upTo(30).map((item) =>
        producer.send(item).then(note('resolved'), note('rejected')),
      );
      await turns(breakAt);
      producer.destroy();
      const closed = producer.close().then(note('closed'), note('refused'));
      await Promise.all([...sends, closed]);
      expect(settled).to.have.lengthOf(31);
      expect(settled.at(-1)).to.equal('refused');
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

import { expect } from 'chai';
import {
  branch,
  broadcast,
  compose,
  count,
  forEach,
  groupBy,
  map,
  partition,
  pipeline,
  push,
  range,
  type Sink,
  take,
  tap,
  toArray,
} from '../../lib/index.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { never } from '../helpers/never.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { inOneSlice } from '../helpers/one-slice.js';
import { quiet } from '../helpers/quiet.js';
import { rejection } from '../helpers/rejection.js';

/** Sinks that log each item with their own name. */
function noted(log: string[], name: string, refuses = -1): Sink<number, void> {
  return forEach((x: number) => {
    if (x === refuses) throw new Error('on purpose');
    log.push(`${name}${x}`);
  });
}

const sorted = (log: readonly string[], name: string): string[] =>
  log.filter((line) => line.startsWith(name));

const named = (name: string, n: number): string[] =>
  Array.from({ length: n }, (_, x) => `${name}${x}`);

describe('branches that get items in runs', () => {
  inOneSlice();

  noUnhandled();

  it('broadcast hands no longer runs on than the smallest buffer', async () => {
    const log: string[] = [];
    await pipeline(range(0, 9), broadcast(noted(log, 'a'), noted(log, 'b'), { buffer: 4 }));
    // The first item comes alone: the junction does not know yet that the branches never wait.
    const runs = ['a0', 'b0', ...['a1', 'a2', 'a3', 'a4'], ...['b1', 'b2', 'b3', 'b4']];
    expect(log.slice(0, 10)).to.deep.equal(runs);
    expect(log).to.have.lengthOf(18);
  });

  it('push and trace have each item go to all branches before the next', async () => {
    const log: string[] = [];
    const producer = push(broadcast(noted(log, 'a'), noted(log, 'b')));
    await Promise.all([producer.send(0), producer.send(1), producer.send(2)]);
    await producer.close();
    const sink = broadcast(noted(log, 'a'), noted(log, 'b'));
    await pipeline(range(3, 6), sink, { trace: () => {} });
    expect(log).to.deep.equal([0, 1, 2, 3, 4, 5].flatMap((x) => [`a${x}`, `b${x}`]));
  });

  const spreading: Record<string, (sink: () => Sink<number, void>) => Sink<number, unknown>> = {
    broadcast: (sink) => broadcast(sink(), sink()),
    partition: (sink) => partition((x) => x % 2 === 0, sink(), sink()),
    'partition with a policy': (sink) =>
      partition(
        (x) => (x % 2 === 0 ? 'even' : 'odd'),
        { even: sink(), odd: sink() },
        { onError: 'skip' },
      ),
    groupBy: (sink) => groupBy((x) => x % 2, sink),
    'broadcast in a broadcast': (sink) => broadcast(sink(), broadcast(sink(), sink())),
    'broadcast behind a partition': (sink) =>
      partition((x) => x % 2 === 0, broadcast(sink(), sink()), sink()),
  };
  for (const [name, over] of Object.entries(spreading)) {
    it(`${name} keeps no item back while its source is quiet`, async () => {
      const source = never();
      const seen = new Set<number>();
      const run = pipeline(
        source,
        over(() => forEach((x: number) => void seen.add(x))),
      );
      let given = 0;
      for (const many of [1, 5, 100, 2]) {
        for (let at = 0; at < many; at += 1) {
          source.push(given);
          given += 1;
        }
        expect(await quiet(() => seen.size)).to.equal(given);
      }
      source.push(null);
      await run;
    });
  }

  // Few items, so that no loop looks at the clock: the end of a time slice would delay some of them.
  it('broadcast gives all branches what came before its source failed', async () => {
    const log: string[] = [];
    const cause = new Error('source failed on purpose');
    const failing = tap((x: number) => {
      if (x === 4) throw cause;
    });
    const sink = broadcast(noted(log, 'a'), noted(log, 'b'));
    const error = await rejection(pipeline(range(0, 1e6), failing, sink));
    expect(error).to.deep.include({ index: 4, cause });
    expect(sorted(log, 'a')).to.deep.equal(named('a', 4));
    expect(sorted(log, 'b')).to.deep.equal(named('b', 4));
  });

  it('broadcast fails with the item of a run that a branch fails on, having asked for no more than the run', async () => {
    const log: string[] = [];
    const counted = new Counted();
    const sink = broadcast(noted(log, 'a'), noted(log, 'b', 100), { buffer: 16 });
    const error = await rejection(pipeline(counted.items(), sink));
    expect(error).to.deep.include({ index: 100 });
    expect(sorted(log, 'b')).to.deep.equal(named('b', 100));
    expect(counted.asked).to.be.within(101, 101 + 16);
    expect(counted.closed).to.equal(true);
  });

  it('broadcast takes the failure of a branch before that of the source, when it came first', async () => {
    const failing = tap((x: number) => {
      if (x === 4) throw new Error('source failed on purpose');
    });
    const error = await rejection(
      pipeline(range(0, 1000), failing, broadcast(count(), noted([], 'b', 3))),
    );
    expect(error).to.deep.include({ index: 3 });
  });

  it('broadcast counts what a detached branch does not get of the run that it fails in', async () => {
    const log: string[] = [];
    const detached = branch(noted(log, 'b', 100), { onError: 'detach' });
    const [all, record] = await pipeline(range(0, 1000), broadcast(count(), detached));
    expect(all).to.equal(1000);
    expect(record).to.deep.include({ status: 'rejected', dropped: 1000 - 101 });
    expect(sorted(log, 'b')).to.deep.equal(named('b', 100));
  });

  it('broadcast has a branch end in the middle of a run, and the others go on', async () => {
    const some = compose(take<number>(100), toArray());
    const [part, whole] = await pipeline(range(0, 1000), broadcast(some, toArray()));
    expect(part).to.have.lengthOf(100);
    expect(whole).to.have.lengthOf(1000);
  });

  for (const [name, sink] of Object.entries({
    broadcast: () =>
      broadcast(compose(take<number>(100), toArray()), compose(take<number>(70), toArray())),
    partition: () =>
      partition(
        (x: number) => x < 100,
        compose(take<number>(100), toArray()),
        compose(take<number>(0), toArray()),
      ),
  })) {
    it(`${name} asks for no item more than the last of its branches takes`, async () => {
      const counted = new Counted();
      await pipeline(counted.items(), sink());
      expect(counted).to.deep.equal({ asked: 100, closed: true });
    });
  }

  it('broadcast gives its branches nothing of a run that is aborted meanwhile', async () => {
    const log: string[] = [];
    const abort = new AbortController();
    let after = 0;
    const aborting = tap((x: number) => {
      if (x === 100) abort.abort();
    });
    const late = forEach(() => {
      if (abort.signal.aborted) after += 1;
    });
    const { signal } = abort;
    const run = pipeline(range(0, 1e6), aborting, broadcast(noted(log, 'a'), late), { signal });
    expect(await rejection(run)).to.deep.include({ name: 'AbortError' });
    expect(after).to.equal(0);
    expect(log.length).to.be.at.most(100);
  });

  it('broadcast finishes the run in which it is told to stop', async () => {
    const stop = new AbortController();
    const passed: number[] = [];
    const stopping = map((x: number) => {
      passed.push(x);
      if (x === 100) stop.abort();
      return x;
    });
    const sink = broadcast(toArray<number>(), count());
    const results = await pipeline(range(0, 1e6), stopping, sink, { stop: stop.signal });
    expect(results).to.deep.equal([passed, passed.length]);
    expect(passed.at(-1)).to.equal(100);
  });

  it('branch that drops decides item by item, as if it had been given each of them', async () => {
    const slow = new Gated();
    const dropping = branch(slow.sink, { when: 'drop-oldest', buffer: 3 });
    const fast = branch(toArray<number>(), { when: 'drop-newest', buffer: 1 });
    const [, record] = await slow.finish(pipeline(range(0, 100), broadcast(dropping, fast)));
    expect(slow.begun).to.deep.equal([0, 97, 98, 99]);
    expect(record.dropped).to.equal(0);
  });

  it('groupBy gives the oldest group what has come for it before that is ended', async () => {
    const groups = await pipeline(
      range(0, 100),
      groupBy(
        (x) => Math.floor(x / 10),
        () => toArray<number>(),
        { groups: 2, when: 'end-oldest' },
      ),
    );
    expect([...groups.values()].flat(2)).to.deep.equal(Array.from({ length: 100 }, (_, x) => x));
  });
});

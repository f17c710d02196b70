import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { branch } from '../../lib/junctions/branch.js';
import { broadcast } from '../../lib/junctions/broadcast.js';
import { map } from '../../lib/operators/map.js';
import { take } from '../../lib/operators/take.js';
import { push } from '../../lib/push/push.js';
import { count } from '../../lib/sinks/count.js';
import { drain } from '../../lib/sinks/drain.js';
import { first } from '../../lib/sinks/first.js';
import { forEach } from '../../lib/sinks/for-each.js';
import { toArray } from '../../lib/sinks/to-array.js';
import { range } from '../../lib/sources/range.js';
import { compose } from '../../lib/streams/compose.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import { Counted } from '../helpers/counted.js';
import { Gated } from '../helpers/gated.js';
import { sinkGives } from '../helpers/gives.js';
import { noUnhandled } from '../helpers/no-unhandled.js';
import { quiet } from '../helpers/quiet.js';
import { refuses } from '../helpers/refuses.js';
import { rejection, stageFailure } from '../helpers/rejection.js';
import { Stalled } from '../helpers/stalled.js';
import { watched } from '../helpers/watched.js';

const fulfilled = (value: unknown, dropped = 0) => ({ status: 'fulfilled', value, dropped });

describe('branch', () => {
  noUnhandled();
  const cause = new Error('on purpose');
  const refuseAt = (at: number) =>
    function refuse(x: number) {
      if (x === at) throw cause;
      return x;
    };

  sinkGives(
    'branch without a policy takes everything, and results in a record',
    [1, 2],
    () => branch(toArray()),
    fulfilled([1, 2]) as never,
  );
  sinkGives(
    'branch nests: the outer policy holds before the inner one',
    [1, 2],
    () => branch(branch(toArray())),
    fulfilled(fulfilled([1, 2])) as never,
  );

  for (const [message, policy] of Object.entries({
    "when must be one of 'block', 'drop-oldest', 'drop-newest', got drop": { when: 'drop' },
    'buffer must be an integer from 1, got 0': { buffer: 0 },
    "onError must be one of 'fail', 'detach', got skip": { onError: 'skip' },
    'options must be an object, got a string': 'drop-oldest',
  })) {
    refuses(
      `branch says at the call that ${message}`,
      () => branch(count(), policy as never),
      `branch: ${message}`,
    );
  }

  const kept = { 'drop-oldest': [0, 7, 8, 9], 'drop-newest': [0, 1, 2, 3] };
  for (const when of ['drop-oldest', 'drop-newest'] as const) {
    it(`branch with ${when} never lets the others wait, and counts what it drops`, async () => {
      const counted = new Counted();
      const slow = new Gated();
      const run = pipeline(
        counted.items(),
        take(10),
        broadcast(toArray(), branch(slow.sink, { when, buffer: 3 })),
      );
      expect(await quiet(() => counted.asked)).to.equal(10);
      const [all, record] = await slow.finish(run);
      expect(all).to.have.lengthOf(10);
      expect(slow.begun).to.deep.equal(kept[when]);
      expect(record).to.deep.equal(fulfilled(undefined, 6));
    });

    it(`branch with ${when} alone lets its source run on`, async () => {
      const slow = new Gated();
      const run = pipeline(range(0, 10), branch(slow.sink, { when, buffer: 3 }));
      await quiet(() => slow.begun.length);
      expect(await slow.finish(run)).to.deep.equal(fulfilled(undefined, 6));
      expect(slow.begun).to.deep.equal(kept[when]);
    });

    it(`branch with ${when} answers the send of a dropped item at once, with undefined`, async () => {
      const slow = new Gated();
      const producer = push(branch(slow.sink, { when, buffer: 1 }));
      const sends = [0, 1, 2].map((x) => watched(producer.send(x)));
      await quiet(() => sends.filter(({ state }) => state !== 'pending').length);
      const dropped = when === 'drop-oldest' ? 1 : 2;
      expect(sends.map(({ state }) => state === 'resolved')).to.deep.equal(
        [0, 1, 2].map((x) => x === dropped),
      );
      expect(await slow.finish(producer.close())).to.deep.equal(fulfilled(undefined, 1));
      expect(sends.map(({ value }) => value)).to.deep.equal(
        [0, 1, 2].map((x) => (x === dropped ? undefined : x)),
      );
    });
  }

  it('branch with block has a buffer of its own, and drops nothing', async () => {
    const counted = new Counted();
    const slow = new Gated();
    const sink = broadcast(drain(), branch(slow.sink, { buffer: 3 }), { buffer: 1 });
    const run = pipeline(counted.items(), take(9), sink);
    expect(await quiet(() => counted.asked)).to.equal(1 + 3);
    const [, record] = await slow.finish(run);
    expect(record).to.deep.equal(fulfilled(undefined));
    expect(slow.begun).to.have.lengthOf(9);
  });

  it('branch keeps its policy behind stages of its own', async () => {
    const slow = new Gated();
    const late = compose(
      map((x: number) => x * 10),
      branch(slow.sink, { when: 'drop-newest', buffer: 1 }),
    );
    const run = pipeline(range(0, 5), broadcast(count(), late));
    const [all, record] = await slow.finish(run);
    expect(all).to.equal(5);
    expect(record).to.deep.equal(fulfilled(undefined, 3));
    expect(slow.begun).to.deep.equal([0, 10]);
  });

  it('branch that ends early has its result, and drops nothing by policy', async () => {
    const sink = broadcast(count(), branch(first<number>(), { when: 'drop-newest' }));
    expect(await pipeline(range(0, 5), sink)).to.deep.equal([5, fulfilled(0)]);
  });

  for (const [how, make] of Object.entries({
    'a stage that throws': () => compose(map(refuseAt(2)), drain<number>()),
    'a sink that rejects': () => forEach(async (x: number) => void (await turn(refuseAt(2)(x)))),
    'an async function': () =>
      async function refuse(items: AsyncIterable<number>) {
        for await (const item of items) refuseAt(2)(item);
      },
  })) {
    it(`branch with detach lets the others go on after ${how}, and results in the error`, async () => {
      const sink = broadcast(toArray<number>(), branch(make(), { onError: 'detach' }));
      const [all, record] = await pipeline(range(0, 9), sink);
      expect(all).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
      expect(record.status).to.equal('rejected');
      if (record.status === 'fulfilled') return;
      expect(record.reason).to.have.property('cause', cause);
      expect(record.reason)
        .to.have.nested.property('stage.name')
        .that.matches(/refuse|forEach/);
      // Two it has taken and one it failed on; an async function may have read on.
      expect(record.dropped).to.be.within(5, 6);
    });
  }

  it('branch with detach keeps the error of a stream as it is, and closes the stream', async () => {
    const broken = new Writable({
      objectMode: true,
      write: (x, _encoding, done) => done(x === 3 ? cause : null),
    });
    const sink = broadcast(count(), branch(broken, { onError: 'detach' }));
    const [all, record] = await pipeline(range(0, 9), sink);
    expect(all).to.equal(9);
    expect(record).to.include({ status: 'rejected', reason: cause });
    expect(broken.closed).to.equal(true);
  });

  it('branch with detach that lies behind lets the others go on once it has failed', async () => {
    const stuck = new Stalled();
    stuck.on('error', () => {});
    const counted = new Counted();
    const sink = broadcast(drain(), branch(stuck, { buffer: 2, onError: 'detach' }));
    const run = pipeline(counted.items(), take(9), sink);
    const before = await quiet(() => counted.asked);
    expect(before).to.be.below(9);
    stuck.destroy(cause);
    const [, record] = await run;
    expect(record).to.include({ status: 'rejected', reason: cause });
    expect(counted.asked).to.equal(9);
  });

  it('branches that are all detached end the run and close the source', async () => {
    const counted = new Counted();
    const failing = () => branch(forEach(refuseAt(0)), { onError: 'detach' });
    const records = await pipeline(counted.later(), broadcast(failing(), failing()));
    expect(records.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(counted).to.deep.equal({ asked: 1, closed: true });
  });

  it('branch with fail fails the whole run', async () => {
    const counted = new Counted();
    const sink = broadcast(drain(), branch(forEach(refuseAt(1)), { onError: 'fail' }));
    const error = await stageFailure(pipeline(counted.later(), sink));
    expect(error).to.include({ cause, index: 1 });
    expect(counted.closed).to.equal(true);
  });

  it('branch with detach answers undefined for what it fails on, and for what comes after', async () => {
    const failing = branch(
      forEach((x: number) => `b${refuseAt(1)(x)}`),
      { onError: 'detach' },
    );
    const producer = push(
      broadcast(
        forEach((x: number) => `a${x}`),
        failing,
      ),
    );
    const answers: unknown[] = [];
    for (const x of [0, 1, 2]) answers.push(await producer.send(x));
    expect(answers).to.deep.equal([
      ['a0', 'b0'],
      ['a1', undefined],
      ['a2', undefined],
    ]);
    const [, record] = await producer.close();
    expect(record).to.include({ status: 'rejected', dropped: 1 });
  });

  it('branch with detach still fails a run that is over already, when closing fails', async () => {
    const bad = new Writable({
      objectMode: true,
      write: (_x, _e, done) => done(),
      destroy: (_error, done) => done(cause),
    });
    const other = new Error('the run failed first');
    const failing = forEach((x: number) => {
      if (x === 3) throw other;
    });
    const sink = broadcast(branch(bad, { onError: 'detach' }), failing);
    const error = await stageFailure(pipeline(range(0, 9), sink));
    expect(error).to.include({ cause: other });
    expect(error).to.have.property('suppressed').that.deep.equals([cause]);
  });

  it('branch is aborted with its run, whatever its policy', async () => {
    const abort = new AbortController();
    const stuck = new Stalled();
    const sink = broadcast(drain(), branch(stuck, { when: 'drop-oldest', onError: 'detach' }));
    const counted = new Counted();
    const run = rejection(pipeline(counted.later(), sink, { signal: abort.signal }));
    await quiet(() => stuck.taken);
    abort.abort();
    expect(await run).to.have.property('code', 'ABORT_ERR');
    expect([stuck.closed, counted.closed]).to.deep.equal([true, true]);
  });
});

import assert from 'node:assert/strict';
import { Readable, type Writable } from 'node:stream';
import { AbortError, from, pipeline, Sink } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Feed } from '../harness/feed.js';
import { leavesNoHandle } from '../harness/handles.js';
import { expectClosed, Life } from '../harness/life.js';
import { listeners, runsOver } from '../harness/listeners.js';
import { never } from '../harness/never.js';
import { nodeRun } from '../harness/node-run.js';
import { Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { SinkSubject } from '../harness/sink-spec.js';

/** When a run ends in any way, the sink and its source are closed, once, and nothing leaks. */
export function sinkClosingContract<I>(subject: SinkSubject<I>, check: AddCheck): void {
  const { kind, make, input, enough, open = () => 0 } = subject;
  const made = () => new Watched(make(), { role: 'sink' });
  const isOver = async (sink: Watched) => {
    await sink.expectOver();
    assert.equal(await quiet(open), 0, 'still open');
  };

  check('leaves no listener on the stream it reads, or the process', async () => {
    await runsOver();
    const readable = Readable.from([...input]);
    const look = () => [readable, process].map(listeners);
    const before = look();
    await pipeline([readable, make()]);
    await runsOver();
    assert.deepEqual(look(), before);
    assert.equal(readable.closed, true);
  });

  check('fails with the error of the stream it reads, as it is', async () => {
    const cause = new Error('input failed on purpose');
    const sink = made();
    await leavesNoHandle(async () => {
      const broken = new Readable({ objectMode: true, read: () => broken.destroy(cause) });
      assert.equal(await rejection(pipeline([broken, sink.part])), cause);
      await isOver(sink);
    });
  });

  check('aborts while its input is silent, leaving nothing behind', async () => {
    const reason = new Error('aborted on purpose');
    const controller = new AbortController();
    const sink = made();
    await leavesNoHandle(async () => {
      const { signal } = controller;
      const run = rejection(pipeline([never(), sink.part], { signal }));
      await quiet(() => 0);
      controller.abort(reason);
      const error = await run;
      assert.ok(error instanceof AbortError, String(error));
      assert.equal(error.cause, reason);
      await isOver(sink);
    });
  });

  if (kind !== 'other') streamCloses(subject, check);
  if (enough !== undefined) endsEarly(subject, enough, check);
}

function streamCloses<I>({ make, input }: SinkSubject<I>, check: AddCheck): void {
  const stream = () => make() as unknown as Writable;

  check('closes once and without an error when it is destroyed, and result() says so', async () => {
    for (const used of [false, true]) {
      const sink = stream();
      const life = new Life(sink);
      const result = sink instanceof Sink ? rejection(sink.result()) : undefined;
      if (used) sink.write(input[0]);
      sink.destroy();
      sink.destroy();
      const error = (await result) as { code?: unknown } | undefined;
      if (result) assert.equal(error?.code, 'ERR_SLUICE_CLOSED');
      await expectClosed(life);
    }
  });

  check('closes once when its input has ended', async () => {
    const sink = stream();
    const life = new Life(sink);
    await nodeRun([input, sink]);
    await expectClosed(life);
  });

  check('refuses null when it is written to, as every Node stream does', () => {
    const sink = stream();
    assert.throws(() => sink.write(null), { code: 'ERR_STREAM_NULL_VALUES' });
    sink.destroy();
  });
}

function endsEarly<I>(subject: SinkSubject<I>, enough: number, check: AddCheck): void {
  const { make, result, resultOf } = subject;
  const expectResult = (sink: unknown, value: unknown) =>
    assert.deepEqual(resultOf ? resultOf(sink as never) : value, result);

  check('closes its source once it has its result, without asking for one more', async () => {
    for (const kind of ['items', 'later'] as const) {
      const feed = new Feed(subject);
      const sink = make();
      expectResult(sink, await pipeline([feed[kind](), sink]));
      assert.deepEqual([feed.asked, feed.closed], [enough, true]);
    }
  });

  check('destroys the stream it reads once it has its result', async () => {
    const feed = new Feed(subject);
    const stream = Readable.from(feed.items());
    const sink = make();
    expectResult(sink, await pipeline([stream, sink]));
    assert.deepEqual([stream.closed, feed.closed], [true, true]);
  });

  check("ends a source of ours that never ends in Node's pipeline", async () => {
    const feed = new Feed(subject);
    const sink = make();
    const value = await nodeRun([from(feed.items()), sink]);
    expectResult(sink, sink instanceof Sink ? await sink.result() : value);
    assert.equal(await quiet(() => feed.closed), true);
  });
}

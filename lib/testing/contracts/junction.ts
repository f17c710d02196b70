import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { AbortError, first, forEach, pipeline, type Sink, StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Feed } from '../harness/feed.js';
import { leavesNoHandle } from '../harness/handles.js';
import { listeners } from '../harness/listeners.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { JunctionSpec, SinkSubject } from '../harness/sink-spec.js';
import { Stalled } from '../harness/stalled.js';

type Branch = Sink<never, unknown>;

const cause = new Error('branch failed on purpose');
/** Items outside the buffer of a branch: one in its callback, one on the way to it. */
const SLACK = 2;

/** A branch that is busy with its first item until its signal aborts. */
function busy() {
  const seen: AbortSignal[] = [];
  const sink = forEach(async (_item: unknown, { signal }) => {
    seen.push(signal);
    await once(signal, 'abort');
    throw new Error('told by the signal');
  });
  return { seen, sink: sink as Branch };
}

/** A junction closes all its branches before it settles, and reacts at once when any of them fails or ends. */
export function junctionContract<I>(
  subject: SinkSubject<I>,
  { make, branches = 2, buffer = 64, goesOn = false }: JunctionSpec<I>,
  check: AddCheck,
): void {
  const each = <T>(of: (at: number) => T): T[] =>
    Array.from({ length: branches }, (_, at) => of(at));
  const joined = (parts: readonly unknown[]) => make(...(parts as Branch[]));

  for (let at = 0; at < branches; at += 1) {
    check(
      `fails at once when branch ${at} does, though all others are busy, and tells them`,
      async () => {
        const feed = new Feed(subject);
        const others = each(busy);
        const failing = forEach(() => {
          throw cause;
        });
        const parts = others.map(({ sink }, place) => (place === at ? failing : sink));
        const error = await rejection(pipeline([feed.later(), joined(parts)]));
        assert.ok(error instanceof StageError, String(error));
        assert.equal(error.cause, cause);
        for (const { seen } of others) assert.ok(seen.every(({ aborted }) => aborted));
        assert.equal(feed.closed, true);
      },
    );

    check(
      `fails with the error of branch ${at} as it is when that is a stream, and closes all`,
      async () => {
        const feed = new Feed(subject);
        const streams = each(() => new Stalled());
        const before = streams.map(listeners);
        const run = rejection(pipeline([feed.later(), joined(streams)]));
        await quiet(() => feed.asked);
        streams[at]?.destroy(cause);
        assert.equal(await run, cause);
        assert.ok(
          streams.every(({ closed }) => closed),
          'all branches are closed',
        );
        assert.deepEqual(streams.map(listeners), before);
        assert.equal(feed.closed, true);
      },
    );
  }

  check('goes on when one of its branches has ended early', async () => {
    const taken: unknown[] = [];
    const parts = each((at) => (at === 0 ? first() : forEach((item: unknown) => taken.push(item))));
    await pipeline([subject.input, joined(parts)]);
    assert.ok(branches === 1 || taken.length > 0, 'the others got nothing');
    assert.ok(
      parts.every(({ closed }) => closed),
      'all branches are closed',
    );
  });

  if (!goesOn)
    check('closes its source when all of its branches have ended early', async () => {
      const feed = new Feed(subject);
      await pipeline([feed.later(), joined(each(() => first()))]);
      assert.equal(feed.closed, true);
    });

  check('ends every branch before it settles, and leaves no listener', async () => {
    const write = (_item: unknown, _: unknown, done: () => void) => setImmediate(done);
    const streams = each(
      () => new Writable({ objectMode: true, write, final: (done) => setImmediate(done) }),
    );
    const before = streams.map(listeners);
    await pipeline([subject.input, joined(streams)]);
    assert.ok(streams.every(({ writableFinished, closed }) => writableFinished && closed));
    assert.deepEqual(streams.map(listeners), before);
  });

  check(
    'waits for its branches while they are busy, and closes them when it is aborted',
    async () => {
      const controller = new AbortController();
      const feed = new Feed(subject);
      const waiting = each(busy);
      await leavesNoHandle(async () => {
        const { signal } = controller;
        const run = rejection(
          pipeline([feed.later(), joined(waiting.map(({ sink }) => sink))], { signal }),
        );
        const asked = await quiet(() => feed.asked);
        const most = branches * (buffer + SLACK);
        assert.ok(
          asked >= 1 && asked <= most,
          `asked for ${asked} items, where ${most} are enough`,
        );
        controller.abort();
        assert.ok((await run) instanceof AbortError);
        for (const { seen, sink } of waiting) {
          assert.ok(seen.every(({ aborted }) => aborted));
          assert.equal(sink.closed, true);
        }
        assert.equal(feed.closed, true);
      });
    },
  );
}

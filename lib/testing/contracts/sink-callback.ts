import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { AbortError, pipeline, StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { cause, FAILS_AT, failing, rejecting, throwing } from '../harness/failing-callback.js';
import { Feed } from '../harness/feed.js';
import { nodeRun } from '../harness/node-run.js';
import { isStream, Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { causeOf, rejection } from '../harness/rejection.js';
import type { SinkCallbackSpec, SinkSubject } from '../harness/sink-spec.js';

/** Items outside the buffer. */
const SLACK = 2;

/** A failing callback fails the run, and a busy one makes the source wait. */
export function sinkCallbackContract<I>(
  subject: SinkSubject<I>,
  { make, goOn, stageName }: SinkCallbackSpec<I>,
  check: AddCheck,
): void {
  const expectFailure = (error: unknown) => {
    assert.equal(causeOf(error), cause);
    if (stageName === undefined) return;
    assert.ok(error instanceof StageError, `a StageError, not ${String(error)}`);
    const { stage, index, item } = error;
    const expected = { stage: { name: stageName, position: 1 }, index: FAILS_AT };
    assert.deepEqual({ stage, index }, expected);
    assert.equal(item, subject.input[FAILS_AT]);
  };

  for (const [how, act] of Object.entries({ throws: throwing, rejects: rejecting })) {
    const made = (listen?: true) =>
      new Watched(make(failing(act, goOn, false)), { role: 'sink', ...(listen && { listen }) });

    check(`fails by name and closes its source when its callback ${how}`, async () => {
      const feed = new Feed(subject);
      const sink = made();
      expectFailure(await rejection(pipeline([feed.later(), sink.part])));
      assert.equal(feed.closed, true);
      await sink.expectOver();
    });

    check(`fails by name in Node's pipeline when its callback ${how}`, async () => {
      const feed = new Feed(subject);
      const sink = made(true);
      const { result } = sink.part as { result?: () => Promise<unknown> };
      const told = result && rejection(result.call(sink.part));
      const error = await rejection(nodeRun([feed.items(), sink.part]));
      expectFailure(error);
      if (told) assert.equal(await told, error);
      assert.equal(await quiet(() => feed.closed), true);
      await sink.expectOver();
      sink.expectOnly(error);
    });
  }

  check('asks for no more while its callback is busy, which hears of an abort', async () => {
    const controller = new AbortController();
    const seen: AbortSignal[] = [];
    const busy = async (...args: unknown[]): Promise<never> => {
      const { signal } = args.at(-1) as { signal: AbortSignal };
      seen.push(signal);
      await once(signal, 'abort');
      throw new Error('told by the signal');
    };
    const feed = new Feed(subject);
    const sink = new Watched(make(busy), { role: 'sink' });
    const { signal } = controller;
    const run = rejection(pipeline([feed.later(), sink.part], { signal }));
    const asked = await quiet(() => feed.asked);
    const room = isForeign(sink.part) ? sink.part.writableHighWaterMark : 0;
    assert.ok(asked >= 1 && asked <= room + SLACK, `asked for ${asked} items`);
    controller.abort();
    assert.ok((await run) instanceof AbortError);
    assert.deepEqual(
      seen.map(({ aborted }) => aborted),
      [true],
    );
    assert.equal(feed.closed, true);
    await sink.expectOver();
  });
}

const isForeign = (part: unknown): part is Writable => isStream(part) && !('result' in part);

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { AbortError, drain, forEach, pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Feed } from '../harness/feed.js';
import { leavesNoHandle } from '../harness/handles.js';
import { never } from '../harness/never.js';
import { nodeRun } from '../harness/node-run.js';
import { Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { Callback, Subject } from '../harness/stage-spec.js';
import { Stalled } from '../harness/stalled.js';

const reason = new Error('aborted on purpose');

/** A callback that aborts the run in the next turn, and waits until its own signal aborts. */
function waiting(controller: AbortController) {
  const seen: AbortSignal[] = [];
  const wait = async (...args: unknown[]): Promise<never> => {
    const { signal } = args.at(-1) as { signal: AbortSignal };
    seen.push(signal);
    setImmediate(() => controller.abort(reason));
    await once(signal, 'abort');
    throw new Error('told by the signal');
  };
  return { wait, seen };
}

function expectAborted(error: unknown): void {
  assert.ok(error instanceof AbortError, `an AbortError, not ${String(error)}`);
  assert.equal(error.cause, reason);
}

/**
 * When a run is aborted, the signals of callbacks abort, everything is closed, and the run fails with an `AbortError`.
 */
export function abortContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { make, input, callback, endless = make } = subject;

  const aborts = (title: string, parts: (wait: Callback) => [unknown, unknown], calls = 1) => {
    const told = Array<boolean>(calls).fill(true);
    check(`aborts in pipeline while ${title} waits, which hears of it`, async () => {
      const controller = new AbortController();
      const { wait, seen } = waiting(controller);
      const feed = new Feed(subject);
      const [made, sink] = parts(wait);
      const stage = new Watched(made);
      const { signal } = controller;
      expectAborted(await rejection(pipeline([feed.later(), stage.part, sink], { signal })));
      assert.deepEqual(
        seen.map(({ aborted }) => aborted),
        told,
      );
      assert.equal(feed.closed, true);
      await stage.expectOver();
    });

    check(`aborts in Node's pipeline while ${title} waits, which hears of it`, async () => {
      const controller = new AbortController();
      const { wait, seen } = waiting(controller);
      const feed = new Feed(subject);
      const [made, sink] = parts(wait);
      const stage = new Watched(made, { listen: true });
      const { signal } = controller;
      const error = await rejection(nodeRun([feed.later(), stage.part, sink], { signal }));
      assert.equal((error as { code?: unknown }).code, 'ABORT_ERR');
      await stage.expectOver();
      assert.deepEqual(
        seen.map(({ aborted }) => aborted),
        told,
      );
      assert.equal(await quiet(() => feed.closed), true);
    });
  };

  aborts('the sink behind it', (wait) => [endless(), forEach(wait)]);
  if (callback)
    aborts('its callback', (wait) => [callback.make(wait), new Stalled()], callback.calls);

  check('aborts in pipeline while its input is silent, leaving nothing behind', async () => {
    const controller = new AbortController();
    const stage = new Watched(endless());
    await leavesNoHandle(async () => {
      const input = never();
      const { signal } = controller;
      const run = rejection(pipeline([input, stage.part, drain()], { signal }));
      for (const item of subject.input.slice(0, 1)) input.push(item);
      await quiet(() => input.readableLength);
      controller.abort(reason);
      expectAborted(await run);
      assert.equal(input.closed, true);
      await stage.expectOver();
    });
  });

  check('does not run at all when the signal has aborted already', async () => {
    const feed = new Feed(subject);
    const signal = AbortSignal.abort(reason);
    const run = pipeline([feed.items(), endless(), new Stalled()], { signal });
    expectAborted(await rejection(run));
    assert.equal(feed.asked, 0);
  });

  check('aborts even when its input ends right after the abort', async () => {
    const controller = new AbortController();
    function* ending(): Generator<I> {
      yield* input;
      controller.abort(reason);
    }
    const { signal } = controller;
    expectAborted(await rejection(pipeline([ending(), endless(), drain()], { signal })));
  });

  check('hands nothing on once the signal has aborted', async () => {
    const controller = new AbortController();
    const seen: unknown[] = [];
    function* aborted(): Generator<I> {
      controller.abort(reason);
      yield* input;
    }
    const sink = forEach((item: unknown) => seen.push(item));
    const { signal } = controller;
    expectAborted(await rejection(pipeline([aborted(), endless(), sink], { signal })));
    assert.deepEqual(seen, []);
  });
}

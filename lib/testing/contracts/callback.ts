import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { drain, pipeline, pull, type Stage, StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import {
  cause,
  FAILS_AT,
  failing,
  isCause,
  isNullItem,
  rejecting,
  throwing,
} from '../harness/failing-callback.js';
import { Feed } from '../harness/feed.js';
import { nodeRun } from '../harness/node-run.js';
import { Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { causeOf, rejection } from '../harness/rejection.js';
import type { CallbackSpec, Subject } from '../harness/stage-spec.js';

/** A callback that fails, or returns a value that can't be an item, fails the run and closes everything. */
export function callbackContract<I, O>(
  subject: Subject<I, O>,
  { make, goOn, nulls = [], stageName }: CallbackSpec<I, O>,
  check: AddCheck,
): void {
  const { input, sync = false } = subject;

  const expectFailure = (error: unknown, isIt: (inner: unknown) => boolean) => {
    const inner = causeOf(error);
    assert.ok(isIt(inner), `failed with ${String(inner)}`);
    if (stageName === undefined) return;
    assert.ok(error instanceof StageError, `a StageError, not ${String(error)}`);
    const { stage, index, item } = error;
    const expected = { stage: { name: stageName, position: 1 }, index: FAILS_AT };
    assert.deepEqual({ stage, index }, expected);
    assert.equal(item, input[FAILS_AT]);
  };
  const made = (act: () => unknown) => make(failing(act, goOn, false));

  const fails = (title: string, act: () => unknown, isIt: (inner: unknown) => boolean) => {
    check(`fails in pipeline, by name, when its callback ${title}`, async () => {
      const feed = new Feed(subject);
      const stage = new Watched(made(act));
      const error = await rejection(pipeline([feed.later(), stage.part, drain()]));
      expectFailure(error, isIt);
      assert.equal(feed.closed, true);
      await stage.expectOver();
    });

    check(`fails in Node's pipeline, by name, when its callback ${title}`, async () => {
      const feed = new Feed(subject);
      const stage = new Watched(made(act), { listen: true });
      const error = await rejection(nodeRun([feed.items(), stage.part, drain()]));
      expectFailure(error, isIt);
      assert.equal(await quiet(() => feed.closed), true);
      await stage.expectOver();
      stage.expectOnly(error);
    });
  };

  const failsInPull = (title: string, act: () => unknown, isIt: (inner: unknown) => boolean) => {
    if (!sync) return;
    check(`fails in pull, by name, when its callback ${title}`, () => {
      const feed = new Feed(subject);
      const items = pull(feed.items(), made(act) as Stage<I, O>);
      let error: unknown;
      try {
        Array.from(items);
      } catch (thrown) {
        error = thrown;
      }
      expectFailure(error, isIt);
      assert.equal(feed.closed, true);
      assert.deepEqual(items.next(), { done: true, value: undefined });
    });
  };

  fails('throws', throwing, isCause);
  failsInPull('throws', throwing, isCause);
  fails('rejects', rejecting, isCause);
  fails('rejects at once', () => Promise.reject(cause), isCause);
  for (const answer of nulls) {
    const title = `answers ${JSON.stringify(answer)}`;
    fails(title, () => answer, isNullItem);
    failsInPull(title, () => answer, isNullItem);
    fails(`${title} later`, () => turn(answer), isNullItem);
  }

  check('fails with what its callback threw even when that is no Error', async () => {
    const run = pipeline([input, made(() => Promise.reject('text')), drain()]);
    expectFailure(await rejection(run), (inner) => inner === 'text');
  });
}

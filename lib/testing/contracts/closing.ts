import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { compose, pipeline, pull, type Stage, toArray } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Feed } from '../harness/feed.js';
import { leavesNoHandle } from '../harness/handles.js';
import { expectClosed, Life } from '../harness/life.js';
import { nodeRun } from '../harness/node-run.js';
import { Watched } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { Subject } from '../harness/stage-spec.js';
import { Stalled } from '../harness/stalled.js';

/** When a run ends in any way, the stage and its input are closed, once. */
export function closingContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { kind, make, endless = make, sync = false } = subject;

  check(
    'closes its input, and leaves nothing behind, when the loop that reads it breaks off',
    async () => {
      const feed = new Feed(subject);
      const stage = new Watched(endless());
      await leavesNoHandle(async () => {
        const source = compose(feed.later(), stage.part as Stage<I, O>);
        const life = new Life(source);
        for await (const _item of source) break;
        await quiet(() => life.closes);
        assert.equal(feed.closed, true);
        assert.equal(life.closes, 1);
        await stage.expectOver();
      });
    },
  );

  if (kind !== 'other') streamCloses(subject, check);
  if (kind === 'ours') stageCloses(subject, check);
  if (!sync) return;

  check('closes its input when pull breaks off', () => {
    const feed = new Feed(subject);
    for (const _item of pull(feed.items(), endless() as Stage<I, O>)) break;
    assert.equal(feed.closed, true);
  });
}

/** Checks for every Node stream, of Sluice or not. */
function streamCloses<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { make, input, endless = make } = subject;
  const stream = (from: () => unknown) => from() as Duplex;

  check('closes once and without an error when it is destroyed before use', async () => {
    const stage = stream(make);
    const life = new Life(stage);
    stage.destroy();
    stage.destroy();
    await expectClosed(life);
  });

  check("closes once, and its input too, when it is destroyed in Node's pipeline", async () => {
    const feed = new Feed(subject);
    const stage = stream(endless);
    const life = new Life(stage);
    const run = rejection(nodeRun([feed.items(), stage, new Stalled()]));
    await quiet(() => feed.asked);
    stage.destroy();
    // The second code comes when the stage was processing an item: the error goes to the writer of that item.
    const codes: unknown[] = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_SLUICE_CLOSED'];
    const { code } = (await run) as { code?: unknown };
    assert.ok(codes.includes(code), String(code));
    assert.equal(await quiet(() => feed.closed), true);
    await expectClosed(life);
  });

  check('emits the error it is destroyed with, once, then closes once', async () => {
    const stage = stream(endless);
    const life = new Life(stage);
    const cause = new Error('destroyed on purpose');
    for (const item of input) stage.write(item);
    stage.destroy(cause);
    await expectClosed(life, cause);
  });

  check('closes once when its input has ended', async () => {
    const stage = stream(make);
    const life = new Life(stage);
    await nodeRun([input, stage, toArray()]);
    await expectClosed(life);
  });
}

/** Checks for a Sluice stage. */
function stageCloses<I, O>({ make, input }: Subject<I, O>, check: AddCheck): void {
  check('is spent, closed once and unusable, when a pipeline has taken it', async () => {
    const stage = make() as Stage<I, O>;
    const run = pipeline(input, stage, toArray());
    const life = new Life(stage);
    await run;
    await expectClosed(life);
    const error = await rejection(pipeline(input, stage, toArray()));
    assert.equal((error as { code?: unknown }).code, 'ERR_SLUICE_USED');
  });
}

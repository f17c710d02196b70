import assert from 'node:assert/strict';
import { AbortError, forEach, pipeline, type SourceLike } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { leavesNoHandle } from '../harness/handles.js';
import { expectClosed, Life } from '../harness/life.js';
import { nodeRun } from '../harness/node-run.js';
import { kindOf } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import { counted, type SourceSubject, streamOf } from '../harness/source-subject.js';
import { Stalled } from '../harness/stalled.js';

/** Items outside the buffer. */
const SLACK = 2;

/** When a run ends in any way, the source and its inputs are closed, once. It emits no more than the reader takes. */
export function sourceClosingContract<T>(subject: SourceSubject<T>, check: AddCheck): void {
  const { expected, asked = [], timed = false } = subject;

  for (const kind of asked.length > 0 ? (['items', 'later'] as const) : (['items'] as const)) {
    const which = asked.length > 0 ? `, and its inputs (${kind}),` : '';

    check(`closes once${which} when the loop that reads it breaks off`, async () => {
      const made = counted(subject, kind);
      await leavesNoHandle(async () => {
        const stream = streamOf(made.source);
        const life = new Life(stream);
        const items: unknown[] = [];
        for await (const item of stream) if (items.push(item) === expected.length) break;
        assert.deepEqual(items, expected);
        // Node may emit an error on a stream when its loop breaks off, so errors are not compared.
        await quiet(() => life.closes);
        assert.equal(life.closes, 1);
        await made.expectClosed();
      });
    });

    check(`closes once${which} when it is destroyed`, async () => {
      const made = counted(subject, kind);
      await leavesNoHandle(async () => {
        const stream = streamOf(made.source);
        const life = new Life(stream);
        stream.read();
        await quiet(() => stream.readableLength);
        stream.destroy();
        await expectClosed(life);
        await made.expectClosed();
      });
    });

    check(`closes once${which} when the run is aborted, which says so`, async () => {
      const reason = new Error('aborted on purpose');
      const controller = new AbortController();
      const made = counted(subject, kind);
      const life = kindOf(made.source) === 'stream' ? new Life(streamOf(made.source)) : undefined;
      await leavesNoHandle(async () => {
        const stalled = new Stalled();
        const run = rejection(pipeline([made.source, stalled], { signal: controller.signal }));
        await quiet(() => stalled.taken);
        controller.abort(reason);
        const error = await run;
        assert.ok(error instanceof AbortError, String(error));
        assert.equal(error.cause, reason);
        if (life) await expectClosed(life, ...life.errors);
        await made.expectClosed();
      });
    });

    check(`closes once${which} when the run is stopped, which is no failure`, async () => {
      const controller = new AbortController();
      const made = counted(subject, kind);
      const items: unknown[] = [];
      const sink = forEach((item: unknown) => {
        if (items.push(item) === expected.length) controller.abort();
      });
      await leavesNoHandle(async () => {
        await pipeline([made.source, sink], { stop: controller.signal });
        assert.deepEqual(items.slice(0, expected.length), expected);
        await made.expectClosed();
      });
    });
  }

  check('asks for no more than a bufferful when its reader stalls', async () => {
    const made = counted(subject);
    const stream = streamOf(made.source);
    const most = stream.readableHighWaterMark + SLACK;
    stream.pipe(new Stalled());
    await quiet(() => made.inputs.map((input) => input.asked).join());
    const held = await quiet(() => stream.readableLength);
    for (const input of made.inputs) assert.ok(input.asked <= most, `asked for ${input.asked}`);
    assert.ok(held <= most, `holds ${held} items`);
    assert.ok(timed || subject.ends || held > 0, 'holds nothing');
    stream.destroy();
  });

  check('closes once and without an error when it is destroyed unread', async () => {
    const made = counted(subject);
    const stream = streamOf(made.source);
    const life = new Life(stream);
    stream.destroy();
    stream.destroy();
    await expectClosed(life);
    await made.expectClosed();
  });

  const { failing, open } = subject;
  if (!failing) return;
  check('fails when something is wrong with it, and closes once', async () => {
    for (const run of [nodeRun, (parts: readonly unknown[]) => pipeline([...parts])]) {
      const source: SourceLike<T> = failing();
      const life: Life | undefined =
        kindOf(source) === 'other' ? undefined : new Life(streamOf(source));
      await leavesNoHandle(() => rejection(run([source, forEach(() => {})])));
      if (life) await quiet(() => life.closes);
      if (life) assert.equal(life.closes, 1);
      if (open) assert.equal(await quiet(open), 0, 'still open');
    }
  });
}

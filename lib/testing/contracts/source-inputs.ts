import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pipeline, StageError, take, toArray } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { Counted } from '../harness/counted.js';
import { Life } from '../harness/life.js';
import { listeners } from '../harness/listeners.js';
import { never } from '../harness/never.js';
import { nodeRun } from '../harness/node-run.js';
import { quiet } from '../harness/quiet.js';
import { causeOf, rejection } from '../harness/rejection.js';
import { counted, type SourceSubject, streamOf } from '../harness/source-subject.js';

/** A source with inputs asks only for the items it needs, closes all inputs, and fails when one of them fails. */
export function sourceInputsContract<T>(subject: SourceSubject<T>, check: AddCheck): void {
  const { make, expected, asked = [], askedLater = asked } = subject;
  const taking = (source: unknown) => pipeline([source, take(expected.length), toArray()]);

  for (const [kind, times] of [
    ['items', asked],
    ['later', askedLater],
  ] as const) {
    check(`asks its inputs (${kind}) only for what is taken from it`, async () => {
      const { inputs, source, expectClosed } = counted(subject, kind);
      assert.deepEqual(await taking(source), expected);
      assert.deepEqual(
        inputs.map((input) => input.asked),
        times,
      );
      await expectClosed();
    });
  }

  check('asks its inputs for nothing before it is read', async () => {
    const { inputs, source } = counted(subject);
    const stream = streamOf(source);
    stream.once('end', () => {});
    await quiet(() => inputs.map((input) => input.asked).join());
    assert.deepEqual(
      inputs.map((input) => input.asked),
      asked.map(() => 0),
    );
    stream.destroy();
  });

  const readables = () => asked.map(() => Readable.from(new Counted().items()));
  const allClosed = (streams: readonly Readable[]) =>
    assert.deepEqual(
      streams.map((stream) => stream.closed),
      streams.map(() => true),
    );

  check(
    'destroys the streams it reads when the reader has enough, and leaves no listener',
    async () => {
      const streams = readables();
      const before = streams.map(listeners);
      assert.deepEqual(await taking(make(...streams)), expected);
      allClosed(streams);
      assert.deepEqual(streams.map(listeners), before);
    },
  );

  check('destroys the streams it reads when it is destroyed unread', async () => {
    const streams = readables();
    const source = streamOf(make(...streams));
    source.destroy();
    await quiet(() => source.closed);
    allClosed(streams);
  });

  failures(subject, check);
}

const cause = new Error('input failed on purpose');

/** An iterable's error gets the name of its input; a stream's error stays unchanged. The other inputs are closed. */
function failures<T>(subject: SourceSubject<T>, check: AddCheck): void {
  const { make, kind, asked = [] } = subject;
  function* broken(): Generator<number> {
    yield 0;
    throw cause;
  }
  const besides = () => Array.from({ length: asked.length - 1 }, () => new Counted());
  const closed = (others: readonly Counted[]) => {
    for (const other of others) assert.equal(other.closed, other.asked > 0);
  };
  const expectNamed = (error: unknown) => {
    if (kind !== 'ours') return assert.equal(causeOf(error), cause);
    assert.ok(error instanceof StageError, String(error));
    assert.equal(error.cause, cause);
    const { stage, index } = error;
    assert.deepEqual([stage.name, stage.position, index], ['from', 0, 1]);
  };

  check('fails with the error of an iterable, naming it', async () => {
    const others = besides();
    const source = make(broken(), ...others.map((other) => other.later()));
    expectNamed(await rejection(pipeline([source, toArray()])));
    closed(others);
  });

  check('fails with the error of a stream as it is', async () => {
    const others = besides();
    const source = make(Readable.from(broken()), ...others.map((other) => other.later()));
    assert.equal(await rejection(pipeline([source, toArray()])), cause);
    closed(others);
  });

  check('emits that error once, and closes once, when it is read as a stream', async () => {
    const source = streamOf(make(broken(), ...besides().map((other) => other.items())));
    const life = new Life(source);
    const error = await rejection(nodeRun([source, toArray()]));
    await quiet(() => life.closes);
    expectNamed(error);
    assert.deepEqual([life.closes, life.errors], [1, [error]]);
  });

  for (let failing = 0; failing < asked.length; failing += 1) {
    check(`fails at once when input ${failing} does, though all others are silent`, async () => {
      const streams = asked.map(never);
      const run = rejection(pipeline([make(...streams), toArray()]));
      const listening = () => streams.map((stream) => stream.listenerCount('readable')).join();
      await quiet(listening);
      streams[failing]?.destroy(cause);
      assert.equal(await run, cause);
      assert.ok(
        streams.every((stream) => stream.closed),
        'all inputs are closed',
      );
    });
  }
}

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { type Duplex, PassThrough, Readable } from 'node:stream';
import { pipeline } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { listeners, runsOver } from '../harness/listeners.js';
import { never } from '../harness/never.js';
import { isStream } from '../harness/part.js';
import { quiet } from '../harness/quiet.js';
import { rejection } from '../harness/rejection.js';
import type { Subject } from '../harness/stage-spec.js';

/** A stream with room for the whole output. */
const through = () => new PassThrough({ objectMode: true, highWaterMark: 1024 });

/** A run removes all its listeners from the neighbouring streams, the signal and the process. */
export function listenerContract<I, O>(subject: Subject<I, O>, check: AddCheck): void {
  const { kind, make, input, endless = make } = subject;

  check('leaves no listener on the streams beside it, the signal or the process', async () => {
    await runsOver();
    const stages = [make(), make()];
    if (isStream(stages[0])) stages[0].on('error', () => {});
    for (const stage of stages) {
      const readable = Readable.from([...input]);
      const writable = through();
      const { signal } = new AbortController();
      const look = () => [
        ...[readable, writable, process].map(listeners),
        getEventListeners(signal, 'abort').length,
      ];
      const before = look();
      await pipeline([readable, stage, writable], { signal, end: false });
      await runsOver();
      assert.deepEqual(look(), before);
      assert.equal(writable.destroyed, false);
    }
  });

  check(
    'fails with the error of its input as it is, and leaves no listener beside it',
    async () => {
      await runsOver();
      const cause = new Error('input failed on purpose');
      const readable = never();
      const writable = through();
      const look = () => [readable, writable, process].map(listeners);
      const before = look();
      readable.push(input[0]);
      const run = rejection(pipeline([readable, endless(), writable]));
      await quiet(() => readable.readableLength);
      readable.destroy(cause);
      assert.equal(await run, cause);
      await runsOver();
      assert.deepEqual(look(), before);
      assert.deepEqual([readable.closed, writable.closed], [true, true]);
    },
  );

  if (kind === 'other') return;

  check(
    'leaves no listener that a PassThrough would not on the streams it is piped to and from',
    async () => {
      const left = async (stage: Duplex) => {
        const [readable, writable] = [Readable.from([...input]), through()];
        const ended = new Promise((resolve) => writable.on('finish', resolve));
        readable.pipe(stage).pipe(writable);
        await ended;
        await quiet(() => stage.closed);
        return [readable, writable].map(listeners);
      };
      assert.deepEqual(await left(make() as unknown as Duplex), await left(through()));
    },
  );
}

import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { drain, NullItemError, pipeline, StageError } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { rejection } from '../harness/rejection.js';
import { assertSameItems } from '../harness/same-items.js';
import type { Subject } from '../harness/stage-spec.js';
import { ways } from '../harness/ways.js';

/** Values that faulty code takes for "no item", and an `Error` that is an ordinary item. */
export const awkward: readonly unknown[] = [
  undefined,
  0,
  -0,
  '',
  Number.NaN,
  false,
  new Error('an ordinary item'),
  Symbol('an ordinary item'),
];

/** Every value but `null` can be an item, and passes unchanged. */
export function valueContract<I, O>(
  { kind, make, input, values, sync }: Subject<I, O>,
  check: AddCheck,
): void {
  check('refuses null, naming the source that gave it', async () => {
    const error = await rejection(pipeline([[input[0], null], make(), drain()]));
    assert.ok(error instanceof StageError, String(error));
    assert.deepEqual([error.stage, error.index], [{ name: 'from', position: 0 }, 1]);
    assert.ok(error.cause instanceof NullItemError);
  });

  if (kind !== 'other')
    check('refuses null when it is written to, as every Node stream does', () => {
      const stage = make() as unknown as Duplex;
      assert.throws(() => stage.write(null), { code: 'ERR_STREAM_NULL_VALUES' });
      stage.destroy();
    });

  if (!values) return;
  for (const [how, run] of ways<unknown, unknown>(kind, sync)) {
    check(`hands on values that look like nothing ${how}`, async () => {
      assertSameItems(await run(awkward, values.make()), values.expected(awkward));
    });
  }
}

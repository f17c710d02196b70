import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { pipeline, type SourceLike, take, toArray } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { nodeRun } from '../harness/node-run.js';
import { kindOf } from '../harness/part.js';
import { counted, type SourceSubject, streamOf } from '../harness/source-subject.js';

type Way = (source: SourceLike<unknown>, most: number) => Promise<unknown[]>;

const reading =
  (most: number, wait?: () => Promise<void>) =>
  async (source: AsyncIterable<unknown>): Promise<unknown[]> => {
    const items: unknown[] = [];
    for await (const item of source) {
      if (items.push(item) === most) break;
      await wait?.();
    }
    return items;
  };

const ways: Record<string, Way> = {
  'through pipeline': (source, most) =>
    pipeline([source, take(most), toArray()]) as Promise<unknown[]>,
  "through Node's pipeline": async (source, most) => {
    // In Node's pipeline, a stage that ends early can't end a source that is not Sluice's. So the sink ends instead.
    if (kindOf(source) !== 'ours') return nodeRun([source, reading(most)]) as Promise<unknown[]>;
    const sink = toArray();
    await nodeRun([source, take(most), sink]);
    return sink.result();
  },
  'through for await': (source, most) => reading(most)(streamOf(source)),
  'to a slow reader': (source, most) => reading(most, () => turn())(streamOf(source)),
  'through data events': (source, most) =>
    new Promise((resolve, reject) => {
      const stream = streamOf(source);
      const items: unknown[] = [];
      stream.on('error', reject);
      stream.on('close', () => resolve(items));
      stream.on('data', (item) => {
        if (items.length < most && items.push(item) === most) stream.destroy();
      });
    }),
};

/** The source emits the right items in the right order, in every way to read it. */
export function sourceOutputContract<T>(subject: SourceSubject<T>, check: AddCheck): void {
  const { expected, ends = false } = subject;
  for (const [how, run] of Object.entries(ways)) {
    check(`gives the expected items ${how}`, async () => {
      const { source, expectClosed } = counted(subject);
      assert.deepEqual(await run(source, expected.length), expected);
      await expectClosed();
    });

    if (ends)
      check(`ends after its last item ${how}`, async () => {
        const { source, expectClosed } = counted(subject);
        assert.deepEqual(await run(source, Number.MAX_SAFE_INTEGER), expected);
        await expectClosed();
      });
  }
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline, Sink, type SinkLike } from '../../index.js';
import type { AddCheck } from '../harness/check.js';
import { nodeRun } from '../harness/node-run.js';
import type { SinkSubject } from '../harness/sink-spec.js';

type Way<I> = (items: readonly I[], sink: SinkLike<I, unknown>) => Promise<unknown>;

/** Waits for the end of a stream that is written to; resolves with its result. */
async function ended(sink: Writable): Promise<unknown> {
  if (sink instanceof Sink) return sink.result();
  await once(sink, 'close');
  return undefined;
}

/** Every way to run a sink; each resolves with its result, if it has one. */
export function sinkWays<I>({ kind }: SinkSubject<I>): [how: string, run: Way<I>][] {
  const all: Record<string, Way<I>> = {
    'through pipeline': (items, sink) => pipeline([items, sink]),
    "through Node's pipeline": async (items, sink) => {
      const result = await nodeRun([items, sink]);
      return sink instanceof Sink ? sink.result() : result;
    },
  };
  const stream = (run: (items: readonly I[], sink: Writable) => Promise<unknown>): Way<I> =>
    ((items: readonly I[], sink: unknown) => run(items, sink as Writable)) as Way<I>;
  if (kind !== 'other')
    Object.assign(all, {
      'through pipe()': stream((items, sink) => {
        const result = ended(sink);
        Readable.from(items).pipe(sink);
        return result;
      }),
      'through pipeline as a stream that is listened to': stream((items, sink) => {
        sink.on('error', () => {});
        return pipeline([items, sink]);
      }),
      'when it is written to': stream((items, sink) => {
        const result = ended(sink);
        for (const item of items) sink.write(item);
        sink.end();
        return result;
      }),
    });
  return Object.entries(all);
}

/** The sink has the right result, in every way to run it. */
export function sinkResultContract<I>(subject: SinkSubject<I>, check: AddCheck): void {
  const { kind, make, input, result, empty, enough, open } = subject;
  const resultOf = subject.resultOf as ((sink: unknown) => unknown) | undefined;

  for (const [how, run] of sinkWays(subject)) {
    const expectResult = async (items: readonly I[], expected: unknown) => {
      const sink = make();
      const value = await run(items, sink);
      assert.deepEqual(resultOf ? resultOf(sink) : value, expected);
      if (open) assert.equal(open(), 0, 'still open');
    };

    check(`gives its result ${how}`, () => expectResult(input, result));
    check(`gives its result of nothing ${how}`, () => expectResult([], empty));
  }

  if (kind !== 'ours') return;
  const made = () => make() as Sink<I, unknown>;

  check('tells its result to every caller, before and after its end', async () => {
    const sink = made();
    const before = sink.result();
    await nodeRun([input, sink]);
    assert.deepEqual([await before, await sink.result()], [result, result]);
  });

  if (enough === undefined) return;

  check('knows its result before its input has ended', async () => {
    const sink = made();
    for (const item of input.slice(0, enough)) sink.write(item);
    assert.deepEqual(await sink.result(), result);
    assert.equal(sink.writableEnded, false);
    sink.end();
  });
}

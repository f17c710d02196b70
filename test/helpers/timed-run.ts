import { forEach } from '../../lib/sinks/for-each.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Stage } from '../../lib/streams/stage.js';
import type { PipelineOptions } from '../../lib/streams/types.js';
import type { FakeTime } from './fake-time.js';
import { nodeRun } from './node-run.js';

type Items<I> = Iterable<I> | AsyncIterable<I>;

interface TimedRun<O> {
  /** The output items, each with its time in ms. */
  readonly out: [at: number, item: O][];
  readonly done: Promise<unknown>;
}

type Run = <I, O>(time: FakeTime, source: Items<I>, stage: Stage<I, O>) => TimedRun<O>;

const noting = <O>(time: FakeTime, run: (note: (item: O) => void) => Promise<unknown>) => {
  const out: [at: number, item: O][] = [];
  const done = run((item) => void out.push([time.now, item]));
  // The test awaits it later, after time has passed.
  done.catch(() => {});
  return { out, done };
};

/** Runs a stage, and notes each output item with its time. */
export const timedRun = <I, O>(
  time: FakeTime,
  source: Items<I>,
  stage: Stage<I, O>,
  options: PipelineOptions = {},
): TimedRun<O> =>
  noting(time, (note) =>
    pipeline(
      source,
      stage,
      forEach((item: O) => note(item)),
      options,
    ),
  );

const ways: Record<string, Run> = {
  pipeline: timedRun,
  "Node's pipeline": (time, source, stage) =>
    noting(time, (note) => nodeRun([source, stage, forEach(note)])),
};

/** The same, as part of a segment and as a stream. */
export function timedRuns(test: (how: string, run: Run) => void): void {
  for (const [how, run] of Object.entries(ways)) test(how, run);
}

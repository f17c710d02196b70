import { forEach } from '../../lib/sinks/for-each.js';
import { pipeline } from '../../lib/streams/pipeline.js';
import type { Stage } from '../../lib/streams/stage.js';
import type { PipelineOptions } from '../../lib/streams/types.js';
import type { FakeTime } from './fake-time.js';
import { nodeRun } from './node-run.js';

type Items<I> = Iterable<I> | AsyncIterable<I>;

interface TimedRun<O> {
  /** What came out, each with the ms at which it did. */
  readonly out: [at: number, item: O][];
  readonly done: Promise<unknown>;
}

type Run = <I, O>(time: FakeTime, source: Items<I>, stage: Stage<I, O>) => TimedRun<O>;

const noting = <O>(time: FakeTime, run: (note: (item: O) => void) => Promise<unknown>) => {
  const out: [at: number, item: O][] = [];
  const done = run((item) => void out.push([time.now, item]));
  // It is awaited later, when time has passed.
  done.catch(() => {});
  return { out, done };
};

/** Runs a stage, and notes what comes out, and when. */
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

/** The same as part of a segment, and as a stream of its own. */
export function timedRuns(test: (how: string, run: Run) => void): void {
  for (const [how, run] of Object.entries(ways)) test(how, run);
}

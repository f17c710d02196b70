import { Deferred } from '../core/base/deferred.js';
import { AbortError } from '../core/base/errors.js';
import { chainLoop } from '../core/loop/chain-loop.js';
import type { Outcome } from '../core/protocol/drain.js';
import { Run } from '../core/protocol/run.js';
import { validateWaitingRunOptions } from '../core/protocol/run-options.js';
import { afterThisTurn, isTurnOverdue } from '../core/time/event-loop.js';
import { joined } from './adapters/joined.js';
import { readArguments } from './arguments.js';
import { listenTo } from './listen-to.js';
import { sinkPlan, sourcePlan, stageLinks } from './plans.js';
import type { PipelineSignature } from './signatures.js';
import type { PipelineOptions } from './types.js';

/**
 * Runs items from a source through stages into a sink, and resolves to the sink's result once everything is closed:
 * every generator's `finally` has run, every stream of the run has ended or is destroyed.
 *
 * Takes what `pipeline` of `node:stream/promises` takes. Adjacent stages of ours run as one loop; streams of yours are
 * read and written with their backpressure. Ending early (by `take`, `find`, a `break`) is success.
 *
 * Ends: with its source, or when a stage or the sink ends early, which closes what is before it.
 * Fails: with the first error, once everything is closed. A stage's own error comes as `StageError`, an error of a
 * stream of yours unchanged; later errors are in its `suppressed`.
 *
 * @param options `signal` aborts; `stop` ends gracefully; `end: false` leaves the last stream open; `trace` reports
 * what each stage does, and `stats` counts it; `onStall` is called if the run can never settle, instead of a message on
 * stderr.
 * @returns rejects with `ArgumentError` ERR_SLUICE_ARGUMENT, before anything runs, when there is no source or no sink;
 * with `UsedError` ERR_SLUICE_USED when a part is in another pipeline already.
 * @example
 * await pipeline(range(0, 4), map((x) => x * x), toArray()) // [0, 1, 4, 9]
 */
export const pipeline = async function pipeline(...args: unknown[]): Promise<unknown> {
  const { parts, options } = readArguments<PipelineOptions>('pipeline', args, 2);
  validateWaitingRunOptions('pipeline', options, ['end']);
  const sink = sinkPlan('pipeline: the last argument', parts.pop(), options.end);
  const [first, ...stages] = parts;
  const source = sourcePlan('pipeline', first);
  const links = [
    ...source.links,
    ...stages.flatMap((stage) => stageLinks('pipeline', stage)),
    ...sink.links,
  ];
  const run = new Run(options);
  // The caller may keep nothing but the promise, which does not keep the run in memory.
  run.kept = true;
  const result = new Deferred<unknown>();
  const loop = chainLoop(
    run,
    { name: sink.name, ...joined({ origin: source.origin, links, drain: sink.drain }) },
    {
      failed: (error) => run.abort(error),
      endedEarly: () => run.abort(undefined),
      settled: (outcome) => {
        unlisten();
        // Many short runs in a row would otherwise never let the event loop turn.
        if (isTurnOverdue()) afterThisTurn(() => settle(result, outcome));
        else settle(result, outcome);
      },
    },
  );
  loop.open();
  // A loop settles in a later microtask, even if it could not be opened, so `settled` can use this constant.
  const unlisten = listenTo(run, [
    [options.signal, (signal) => loop.fail(new AbortError(signal.reason))],
    [options.stop, () => run.stop()],
  ]);
  // Nothing is read before the call has returned.
  queueMicrotask(() => loop.wake());
  return result.promise;
} as PipelineSignature;

function settle(result: Deferred<unknown>, outcome: Outcome<unknown>): void {
  if (outcome.kind === 'failed') result.reject(outcome.error);
  else result.resolve(outcome.kind === 'done' ? outcome.result : undefined);
}

import { AbortError } from '../core/base/errors.js';
import { openChain } from '../core/chain/chain.js';
import { Loop } from '../core/loop/loop.js';
import { Run } from '../core/protocol/run.js';
import { validateWaitingRunOptions } from '../core/protocol/run-options.js';
import { afterThisTurn, isTurnOverdue } from '../core/time/event-loop.js';
import { readArguments } from './arguments.js';
import { listenTo } from './listen-to.js';
import { sinkPlan, sourcePlan, stageLinks } from './plans.js';
import type { PipelineSignature } from './signatures.js';
import type { SinkPlan } from './sink.js';
import type { SourcePlan } from './source.js';
import type { PipelineOptions } from './types.js';

/** Runs one closed segment; resolves to the drain's result once everything is closed. */
function settle(source: SourcePlan, sink: SinkPlan, options: PipelineOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const run = new Run(options);
    run.kept = true;
    const ref = { name: sink.name, position: source.links.length + 1 };
    const loop = new Loop(run, (host) => openChain(source, host), sink.drain, ref, {
      failed: (error) => run.abort(error),
      endedEarly: () => run.abort(undefined),
      settled: (outcome) => {
        unlisten();
        const tell = (): void => {
          if (outcome.kind === 'failed') reject(outcome.error);
          else resolve(outcome.kind === 'done' ? outcome.result : undefined);
        };
        // Runs of which each begins when the one before has settled would never let it turn.
        if (isTurnOverdue()) afterThisTurn(tell);
        else tell();
      },
    });
    loop.open();
    const unlisten = listenTo(run, [
      [options.signal, (signal) => loop.fail(new AbortError(signal.reason))],
      [options.stop, () => run.stop()],
    ]);
    loop.wake();
  });
}

/**
 * Runs items from a source through stages into a sink, and resolves to the sink's result once everything is closed:
 * every generator's `finally` has run, every stream of the run has ended or is destroyed.
 *
 * Takes what `pipeline` of `node:stream/promises` takes. Adjacent stages of ours run as one loop; streams of yours are
 * read and written with their backpressure. Ending early (by `take`, `find`, a `break`) is success.
 *
 * Ends: with its source, or when a stage or the sink ends early, which closes what is before it.
 * Fails: with the first error, once everything is closed. A stage's own error comes as `StageError`; an error of a
 * stream of yours as it is; later ones are in its `suppressed`.
 *
 * @param options `signal` aborts; `stop` ends gracefully; `end: false` leaves the last stream open; `trace` reports
 * what each stage does, and `stats` counts it; `onStall` hears of it when the run can never settle, which otherwise goes
 * to stderr.
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
  return settle({ ...source, links }, sink, options);
} as PipelineSignature;

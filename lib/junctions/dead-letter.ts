import { validateCount, validateKnown } from '../core/base/validate.js';
import { DeadLetter, type FailedItem } from '../core/policy/dead-letter.js';
import { sinkPlan } from '../streams/plans.js';
import type { SinkLike } from '../streams/types.js';

/** Options of `deadLetter`. */
export interface DeadLetterOptions {
  /** How many records may wait for the sink; an integer from 1. Default 16. */
  readonly buffer?: number | undefined;
}

/**
 * An `onError` that drops the item, as `skip` does, and writes `{ item, error }` to a sink of its own: `error` is the
 * `StageError` that would have failed the run. It may be the `onError` of several stages of one pipeline. Given to a
 * stage once it has ended, it throws `UsedError` ERR_SLUICE_USED at the call.
 *
 * Emits: a record for each item that fails, in the order they fail.   Holds: at most `buffer` records and, of each
 * stage, one more for each call that may be under way.
 * Waits: a stage waits, with the item that has failed, while `buffer` records wait for the sink.
 * Ends: with the last of the stages that it was given to, all of which have to run; the run settles once every record
 * is written and the sink is closed, also when the run ends early. If the sink ends early, later records are dropped.
 * Fails: the run, when the sink fails; the error names the sink as part of the first of the stages. When the run fails
 * or is aborted, the sink is closed, and the records it holds are lost.
 *
 * In push, an item's `send` resolves with `undefined` once its record has been taken. `pull` can't wait for a sink, so
 * it fails with `AsyncError` ERR_SLUICE_ASYNC.
 *
 * @param sink any sink: one of ours (`compose` puts stages before one), a writable stream, an async function.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `sink` is no sink, or `buffer` is out of range.
 * @throws {UsedError} ERR_SLUICE_USED at the call: `sink` is already part of a pipeline.
 * @example
 * const bad = [];
 * const onError = deadLetter(forEach(({ item, error }) => bad.push([item, error.index])));
 * await pipeline(['1', '{', '2'], map((s) => JSON.parse(s), { onError }), toArray()) // [1, 2]
 * bad // [['{', 1]]
 */
export function deadLetter<I = unknown>(
  sink: SinkLike<FailedItem<I>, unknown>,
  options: DeadLetterOptions = {},
): DeadLetter<I> {
  validateKnown('deadLetter', options, ['buffer']);
  const { buffer = 16 } = options;
  validateCount('deadLetter', 'buffer', buffer, 1);
  return new DeadLetter<I>(sinkPlan('deadLetter: the first argument', sink), buffer);
}

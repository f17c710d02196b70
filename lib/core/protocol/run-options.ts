import { ArgumentError, type StageRef, type StallError, UsedError } from '../base/errors.js';
import { validateFunction, validateKnown, validateSignal } from '../base/validate.js';
import type { Watch } from './observer.js';

/**
 * One thing a stage did. `ready`: asks for its next item. `emit`: hands one on. `end`, `fail`: will do neither again.
 */
export interface TraceEvent {
  readonly stage: StageRef;
  readonly kind: 'ready' | 'emit' | 'end' | 'fail';
}

export type Trace = (event: TraceEvent) => void;

/** Options of `pipeline`, `push` and `pull`. */
export interface RunOptions {
  /** Aborts the run: it fails with an `AbortError` once everything is closed. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the run gracefully: the source stops, and the items under way are finished. Only `signal` ends what is endless
   * itself, such as an endless iterable in `flatMap`.
   */
  readonly stop?: AbortSignal | undefined;
  /** Called for everything each stage does, in order, synchronously. */
  readonly trace?: Trace | undefined;
  /** The result of `stats()`: it can be asked at any time what each stage has done. One of them serves one run. */
  readonly stats?: Watch | undefined;
}

/** Options of `pipeline` and `push`. */
export interface WaitingRunOptions extends RunOptions {
  /**
   * Called once, if the event loop is empty before the run has settled: it never will. Default: a message on stderr.
   */
  readonly onStall?: ((stall: StallError) => void) | undefined;
}

/** Checks the options of `pipeline`, `push` or `pull` at the call. `own` names the options that only this one has. */
export function validateRunOptions(who: string, options: RunOptions, own: readonly string[]): void {
  validateKnown<Record<string, unknown>>(who, { ...options }, [
    'signal',
    'stop',
    'trace',
    'stats',
    ...own,
  ]);
  validateSignal(who, 'signal', options.signal);
  validateSignal(who, 'stop', options.stop);
  if (options.trace !== undefined) validateFunction(who, 'trace', options.trace);
  if (options.stats !== undefined) validateUnused(who, options.stats);
}

function validateUnused(who: string, stats: Watch): void {
  if (typeof (stats as Partial<Watch> | null)?.watch !== 'function')
    throw new ArgumentError(`${who}: stats must be the result of stats()`);
  if (stats.used) throw new UsedError('stats');
}

/** Checks the options of `pipeline` or `push`, which have `onStall` too. */
export function validateWaitingRunOptions(
  who: string,
  options: WaitingRunOptions,
  own: readonly string[],
): void {
  validateRunOptions(who, options, ['onStall', ...own]);
  if (options.onStall !== undefined) validateFunction(who, 'onStall', options.onStall);
}

import { ArgumentError, type StageRef, type StallError, UsedError } from '../base/errors.js';
import { validateFunction, validateKnown, validateSignal } from '../base/validate.js';
import type { Watch } from './observer.js';

/** One thing a stage did. `ready`: asks for its next item. `emit`: hands one on. `end`, `fail`: will do neither again. */
export interface TraceEvent {
  readonly stage: StageRef;
  readonly kind: 'ready' | 'emit' | 'end' | 'fail';
}

export type Trace = (event: TraceEvent) => void;

/** Options of every way of running. */
export interface RunOptions {
  /** Aborts the run: it fails with an `AbortError` once everything is closed. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Ends the run gracefully: the source stops, what is in flight finishes. What is in flight for ever, as an endless
   * iterable in `flatMap` is, only `signal` ends.
   */
  readonly stop?: AbortSignal | undefined;
  /** Called for everything each stage does, in order, synchronously. */
  readonly trace?: Trace | undefined;
  /** What `stats()` has made: it can be asked at any time what each stage has done. One of them serves one run. */
  readonly stats?: Watch | undefined;
}

/** Options of the ways of running that may wait. */
export interface WaitingRunOptions extends RunOptions {
  /**
   * Called, once, when the event loop has nothing left to do and the run has not settled, so that it never will. Default:
   * the message goes to stderr.
   */
  readonly onStall?: ((stall: StallError) => void) | undefined;
}

/** Checks the options of a way of running at the call. `own` are the names of those that only it has. */
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
    throw new ArgumentError(`${who}: stats must be what stats() has made`);
  if (stats.used) throw new UsedError('stats');
}

/** The same, of a way of running that may wait. */
export function validateWaitingRunOptions(
  who: string,
  options: WaitingRunOptions,
  own: readonly string[],
): void {
  validateRunOptions(who, options, ['onStall', ...own]);
  if (options.onStall !== undefined) validateFunction(who, 'onStall', options.onStall);
}

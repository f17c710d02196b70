import type { StageRef } from './errors.js';
import { LazyContext } from './lazy-context.js';
import type { Loop } from './loop.js';
import { requireFunction, requireKnown } from './require.js';

/** What every callback gets as its second argument. */
export interface Context {
  /** Aborts when the run fails, is aborted, or ends before its input does. */
  readonly signal: AbortSignal;
}

/** One thing a stage did. `ready`: asks for its next item. `emit`: hands one on. `end`, `fail`: will do neither again. */
export interface TraceEvent {
  readonly stage: StageRef;
  readonly kind: 'ready' | 'emit' | 'end' | 'fail';
}

export type Trace = (event: TraceEvent) => void;

/** Options of every way of running. */
export interface RunOptions {
  /** Called for everything each stage does, in order, synchronously. */
  readonly trace?: Trace | undefined;
}

/** Checks the options of a way of running at the call. `own` are the names of those that only it has. */
export function requireRunOptions(who: string, options: RunOptions, own: readonly string[]): void {
  requireKnown<Record<string, unknown>>(who, { ...options }, ['trace', ...own]);
  if (options.trace !== undefined) requireFunction(who, 'trace', options.trace);
}

/** What all loops of one run share: the callbacks' context, the trace, and the wish to stop. */
export class Run {
  readonly trace: Trace | undefined;
  readonly loops = new Set<Loop>();
  /** What it writes into. Who reads the same has `left` its closing to the writer, if he is done first. */
  readonly written = new Map<object, 'open' | 'left'>();
  readonly #context = new LazyContext();
  readonly #whenAborted = new Set<(reason: unknown) => void>();
  /** A source has been ended by `stop`, perhaps in the middle of a line. */
  cut = false;
  /** What it has failed or been aborted with; none when it has only ended early. */
  failure: { readonly error: unknown } | undefined;
  #stopping = false;

  constructor(options: RunOptions = {}) {
    this.trace = options.trace;
  }

  get context(): Context {
    return this.#context;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Graceful: sources end, what is in flight finishes. */
  stop(): void {
    this.#stopping = true;
    for (const loop of this.loops) loop.stop();
  }

  /** Tells the callbacks that nobody wants their results any more. */
  abort(reason: unknown): void {
    if (reason !== undefined && !isBreak(reason)) this.failure ??= { error: reason };
    this.#context.abort(reason);
    for (const hear of this.#whenAborted) hear(reason);
  }

  /** Tells contexts derived from that of the run; answers how to stop listening. */
  whenAborted(hear: (reason: unknown) => void): () => void {
    this.#whenAborted.add(hear);
    return () => this.#whenAborted.delete(hear);
  }
}

/** A `break` out of `for await` comes as an AbortError of Node's; a signal's has the signal's reason as its cause. */
function isBreak(reason: unknown): boolean {
  const { code, name } = (reason ?? {}) as { code?: unknown; name?: unknown };
  return code === 'ABORT_ERR' && name === 'AbortError' && !('cause' in (reason as object));
}

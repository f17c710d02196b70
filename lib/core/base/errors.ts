import { inspect } from 'node:util';
import { keyText, placed, type StageRef } from './stage-ref.js';

export type { StageRef } from './stage-ref.js';

/** The base of every error of this package: `code` is stable, the message is for people. */
export class SluiceError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A call that can never work: thrown at the call, before anything runs. */
export class ArgumentError extends SluiceError {
  constructor(message: string) {
    super('ERR_SLUICE_ARGUMENT', message);
  }
}

/** A stage, source or sink that is already part of one run was given to another. */
export class UsedError extends SluiceError {
  constructor(name: string) {
    super('ERR_SLUICE_USED', `${name} is already part of a pipeline; make a new one for this use`);
  }
}

/** `null` means "no more" to a Node stream, so it can't travel as an item. */
export class NullItemError extends SluiceError {
  constructor() {
    super(
      'ERR_SLUICE_NULL_ITEM',
      'null cannot be an item of a Node stream; use undefined, or drop it with filter',
    );
  }
}

/** Something asynchronous stood in a pipeline that runs synchronously. */
export class AsyncError extends SluiceError {
  constructor() {
    super(
      'ERR_SLUICE_ASYNC',
      'pull() is synchronous but has to wait here; use pipeline() for asynchronous work',
    );
  }
}

/** What one stage waits for or holds, in a run that can't go on. */
export interface StalledStage {
  readonly stage: StageRef;
  /** In words; undefined when it only holds something. */
  readonly waitsFor: string | undefined;
  /** How many such things: a stage may work on several items at once. */
  readonly times: number;
  /**
   * For how long, in ms. Where that is neither for a promise, a stream that is read nor an answer of the sink's, it is since
   * anything in the same loop last began to wait, so perhaps for longer.
   */
  readonly forMs: number;
  readonly held: number;
  readonly unit: 'items' | 'bytes';
}

/** Nothing can ever move again: stages wait for each other in a circle, or for what can never come. */
export class StallError extends SluiceError {
  /** Who waits for what, where that is known. */
  readonly stages: readonly StalledStage[];

  constructor(message: string, stages: readonly StalledStage[] = []) {
    super('ERR_SLUICE_STALL', message);
    this.stages = stages;
  }
}

/** Input that has to come within a time did not. */
export class TimeoutError extends SluiceError {
  constructor(what: string, limitMs: number) {
    super('ERR_SLUICE_TIMEOUT', `${what} within ${limitMs} ms`);
  }
}

/** More sends wait than the producer's bound allows. */
export class BacklogError extends SluiceError {
  constructor(bound: number) {
    super(
      'ERR_SLUICE_BACKLOG',
      `more than ${bound} sends are waiting; await send(), or raise the backlog option`,
    );
  }
}

/** Something would have to remember more than its bound allows. */
export class BoundError extends SluiceError {
  constructor(message: string) {
    super('ERR_SLUICE_BOUND', message);
  }
}

/** An input that must be sorted is not. */
export class OrderError extends SluiceError {
  constructor(message: string) {
    super('ERR_SLUICE_ORDER', message);
  }
}

/** An item does not fit into memory any more, and would not come back from a temporary file as it is. */
export class SpillError extends SluiceError {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      'ERR_SLUICE_SPILL',
      `an item can't be written to a temporary file: ${reason}; give pack and unpack, or raise the bound`,
      options,
    );
  }
}

/** An item belongs to a branch that is not there. */
export class RouteError extends SluiceError {
  readonly key: unknown;

  constructor(key: unknown) {
    super(
      'ERR_SLUICE_ROUTE',
      `there is no branch for ${keyText(key)}; add one, or one called otherwise`,
    );
    this.key = key;
  }
}

/** The run was over before this could be done. */
export class ClosedError extends SluiceError {
  constructor(what: string) {
    super('ERR_SLUICE_CLOSED', `${what} is closed`);
  }
}

/** The run's `signal` was aborted; its reason is the `cause`. Name and code are those of Node's own. */
export class AbortError extends SluiceError {
  constructor(reason: unknown) {
    super('ABORT_ERR', 'The pipeline was aborted', { cause: reason });
  }
}

/** A stage's own failure: which stage, on which item, and the original error as `cause`. */
export class StageError extends SluiceError {
  readonly stage: StageRef;
  /** The place of the item at the input of its segment, from 0; undefined when no item was in hand. */
  readonly index: number | undefined;
  /** The item in hand; kept out of the message and of inspection, because it may be large or private. */
  declare readonly item: unknown;

  constructor(stage: StageRef, cause: unknown, index?: number, item?: unknown) {
    const where = index === undefined ? '' : ` on item ${index}`;
    const what = `${placed(stage)} failed${where}: ${messageOf(cause)}`;
    super('ERR_SLUICE_STAGE', what, { cause });
    this.stage = stage;
    this.index = index;
    Object.defineProperty(this, 'item', { value: item });
    for (const each of suppressedBy(cause) ?? []) suppress(this, each);
  }

  /** For a line in a log or a dead letter, where JavaScript would leave out the message. */
  toJSON(): object {
    const { name, code, message, stage, index } = this;
    return { name, code, message, stage, index };
  }
}

/** Anything can be thrown, also what has no message and can't become a string. */
export function messageOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const { message } = cause as { message?: unknown };
  return typeof message === 'string'
    ? message
    : inspect(cause, { depth: 0, breakLength: Infinity });
}

/** Notes a later error, and those noted on it, on the one that won, so that none is lost; each of them once. */
export function suppress(winner: unknown, later: unknown): void {
  if (!(winner instanceof Error) || !Object.isExtensible(winner)) return;
  // What a failure looks like from the other streams of the run: no news.
  if ((later as { code?: unknown } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
  const noted = suppressedBy(winner);
  const known = [winner, ...(noted ?? [])].map(rootOf);
  if (known.includes(rootOf(later))) return;
  if (noted) noted.push(later);
  else if (!('suppressed' in winner))
    Object.defineProperty(winner, 'suppressed', { value: [later], configurable: true });
  for (const each of suppressedBy(later) ?? []) suppress(winner, each);
}

/** What has been noted on an error. A `SuppressedError` of JavaScript's has one error under the same name. */
function suppressedBy(error: unknown): unknown[] | undefined {
  const { suppressed } = (error ?? {}) as { suppressed?: unknown };
  return Array.isArray(suppressed) ? suppressed : undefined;
}

const rootOf = (error: unknown): unknown => (error instanceof StageError ? error.cause : error);

/** Names the failing stage, once: an error that came through several stages keeps the name of the first. */
export function stageError(
  stage: StageRef,
  cause: unknown,
  index?: number,
  item?: unknown,
): StageError {
  return cause instanceof StageError ? cause : new StageError(stage, cause, index, item);
}

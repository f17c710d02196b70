import { messageOf } from './message-of.js';
import { keyText, placed, type StageRef } from './stage-ref.js';
import { suppress, suppressedBy } from './suppress.js';

export type { StageRef } from './stage-ref.js';
export { suppress } from './suppress.js';

/** The base class of all errors of this package. `code` is stable; the message is for people and may change. */
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

/** A stage, source or sink was used twice: it is already part of another run. */
export class UsedError extends SluiceError {
  constructor(name: string) {
    super('ERR_SLUICE_USED', `${name} is already part of a pipeline; make a new one for this use`);
  }
}

/** `null` cannot be an item, because it means the end to a Node stream. */
export class NullItemError extends SluiceError {
  constructor() {
    super(
      'ERR_SLUICE_NULL_ITEM',
      'null cannot be an item of a Node stream; use undefined, or drop it with filter',
    );
  }
}

/** A pipeline that runs synchronously would have to wait for something asynchronous. */
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
  /** What the stage waits for, in words; undefined if it only holds items. */
  readonly waitsFor: string | undefined;
  /** How many equal waits there are: a stage may work on several items at once. */
  readonly times: number;
  /**
   * How long it has waited, in ms. Exact for promises, streams that are read and answers of the sink; otherwise the
   * time since anything in the same loop last began to wait.
   */
  readonly forMs: number;
  readonly held: number;
  readonly unit: 'items' | 'bytes';
}

/** The run can never go on: stages wait for each other in a circle, or for something that can never come. */
export class StallError extends SluiceError {
  /** The stages and what they wait for, if that is known. */
  readonly stages: readonly StalledStage[];

  constructor(message: string, stages: readonly StalledStage[] = []) {
    super('ERR_SLUICE_STALL', message);
    this.stages = stages;
  }
}

/** No input came within the time limit. */
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

/** A stage would have to hold more than its bound allows. */
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

/** An item no longer fits into memory, and would not come back from a temporary file unchanged. */
export class SpillError extends SluiceError {
  constructor(reason: string, options?: ErrorOptions) {
    super(
      'ERR_SLUICE_SPILL',
      `an item can't be written to a temporary file: ${reason}; give pack and unpack, or raise the bound`,
      options,
    );
  }
}

/** There is no branch for the key of an item. */
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

/** The run had ended before this could be done. */
export class ClosedError extends SluiceError {
  constructor(what: string) {
    super('ERR_SLUICE_CLOSED', `${what} is closed`);
  }
}

/** The run's `signal` was aborted; the signal's reason is the `cause`. Name and code are the same as Node's. */
export class AbortError extends SluiceError {
  constructor(reason: unknown) {
    super('ABORT_ERR', 'The pipeline was aborted', { cause: reason });
  }
}

/** A stage failed. It names the stage and the item; the original error is the `cause`. */
export class StageError extends SluiceError {
  readonly stage: StageRef;
  /** The index of the item at the input of its segment, from 0; undefined if the stage had no item. */
  readonly index: number | undefined;
  /** The item. It is not part of the message and not shown by `inspect`, because it may be large or private. */
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

  /** For logs and dead letters: JSON of an error would lack the message. */
  toJSON(): object {
    const { name, code, message, stage, index } = this;
    return { name, code, message, stage, index };
  }
}

/** Wraps an error with the stage that failed. An error that passes several stages keeps the name of the first. */
export function stageError(
  stage: StageRef,
  cause: unknown,
  index?: number,
  item?: unknown,
): StageError {
  return cause instanceof StageError ? cause : new StageError(stage, cause, index, item);
}

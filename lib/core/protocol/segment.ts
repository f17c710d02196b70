import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import type { Context } from './context.js';
import type { Spot } from './observer.js';
import type { Pull } from './pull.js';
import type { Step } from './step.js';

/** The part of a segment's first pull that generated code uses. */
export interface CompilableHead {
  readonly source: Pull<unknown>;
  /** False while it has something to answer before it asks the source again. */
  readonly free: boolean;
  /** Generated code has pulled the source and got `pulled`. The next `pull` returns that. */
  answer(pulled: unknown): void;
  /** Adds the source's stage and the item's index to an error that the source threw. */
  failure(error: unknown): unknown;
  waits(): readonly WaitReport[];
}

/** The part of a step's plain pull that generated code uses. */
export interface CompilableStep {
  readonly step: Step<unknown, unknown>;
  /** The current item. */
  item: unknown;
  /** The items that `expand` answered for the current item, until all are taken. */
  inner: Pull<unknown> | undefined;
  readonly context: Context;
  spot: Spot | undefined;
  readonly free: boolean;
  /** The callback has returned a promise for `item`: the step waits for it. */
  suspend(result: PromiseLike<unknown>, item: unknown): void;
  /** Adds this stage and the current item to an error. */
  failure(error: unknown): unknown;
  waits(): readonly WaitReport[];
}

/**
 * A source or a `Through` and the steps after it, up to the next `Through`. It can run as one generated loop. It counts
 * the items that come in, so that errors can name the index of an item.
 */
export class Segment {
  /** The index of the latest item that came in, from 0. */
  index = -1;
  head: CompilableHead | undefined;
  /** The place of its head, if the run has statistics. */
  spot: Spot | undefined;
  /** True if a loop moves its items into a drain: then no other reader pulls them. */
  drained = false;
  readonly steps: CompilableStep[] = [];

  /** True if no pull is in the middle of an item: then generated code and plain pulls can replace each other. */
  get free(): boolean {
    return this.head?.free === true && this.steps.every(({ free }) => free);
  }

  /** True if each item becomes at most one item, at once: no step expands, ends early, holds items or has `idle`. */
  get straight(): boolean {
    return this.steps.every(
      ({ step: { expand, done, idle, held } }) => !(expand ?? done ?? idle ?? held),
    );
  }

  /** The reports of all its pulls, in order. */
  waits(): readonly WaitReport[] {
    return [...(this.head?.waits() ?? NO_WAITS), ...this.steps.flatMap((step) => step.waits())];
  }
}

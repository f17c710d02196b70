import { NO_WAITS, type WaitReport } from '../stall/wait-report.js';
import type { Context } from './context.js';
import type { Spot } from './observer.js';
import type { Pull } from './pull.js';
import type { Step } from './step.js';

/** The first pull of a segment, as far as generated code may touch it. */
export interface CompilableHead {
  readonly source: Pull<unknown>;
  /** Nothing in it is half done. */
  readonly free: boolean;
  /** The source has been asked already, and said this: the next pull answers it. */
  answer(pulled: unknown): void;
  /** What `error` becomes when the source is to blame. */
  failure(error: unknown): unknown;
  waits(): readonly WaitReport[];
}

/** The plain pull of a step, as far as generated code may touch it. */
export interface CompilableStep {
  readonly step: Step<unknown, unknown>;
  /** The item in hand. */
  item: unknown;
  /** What the step has made of the item, as far as it is not taken yet. */
  inner: Pull<unknown> | undefined;
  readonly context: Context;
  spot: Spot | undefined;
  readonly free: boolean;
  /** Waits for what the callback will have made of the item. */
  suspend(result: PromiseLike<unknown>, item: unknown): void;
  /** What `error` becomes when this stage is to blame. */
  failure(error: unknown): unknown;
  waits(): readonly WaitReport[];
}

/** The steps behind one head, which can run as one loop; and how far its input has come, so that errors can say so. */
export class Segment {
  /** The place of the latest item at the input, from 0. */
  index = -1;
  head: CompilableHead | undefined;
  /** Where its items come from, if somebody watches. */
  spot: Spot | undefined;
  /** A loop moves its items into a drain, so nobody else does. */
  drained = false;
  readonly steps: CompilableStep[] = [];

  /** Nothing in it is half done: whoever runs it may stop, and somebody else go on. */
  get free(): boolean {
    return this.head?.free === true && this.steps.every(({ free }) => free);
  }

  /** Each item makes at most one: no step makes more of it, ends early, or hands over what it holds in quiet times. */
  get straight(): boolean {
    return this.steps.every(
      ({ step: { expand, done, idle, held } }) => !(expand ?? done ?? idle ?? held),
    );
  }

  /** Of all that is in it, in order. */
  waits(): readonly WaitReport[] {
    return [...(this.head?.waits() ?? NO_WAITS), ...this.steps.flatMap((step) => step.waits())];
  }
}

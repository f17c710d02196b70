import type { Head } from './head.js';
import type { Spot } from './observer.js';
import type { StepPull } from './step-pull.js';
import { NOTHING, type Wait } from './wait.js';

/** The steps behind one head, which can run as one loop; and how far its input has come, so that errors can say so. */
export class Segment {
  /** The place of the latest item at the input, from 0. */
  index = -1;
  head: Head | undefined;
  /** Where its items come from, if somebody watches. */
  spot: Spot | undefined;
  /** A loop moves its items into a drain, so nobody else does. */
  drained = false;
  readonly steps: StepPull<unknown, unknown>[] = [];

  /** Nothing in it is half done: whoever runs it may stop, and somebody else go on. */
  get free(): boolean {
    return this.head?.free === true && this.steps.every(({ free }) => free);
  }

  /** Of all that is in it, in order. */
  waits(): readonly Wait[] {
    return [...(this.head?.waits() ?? NOTHING), ...this.steps.flatMap((step) => step.waits())];
  }
}

import type { Drain } from './drain.js';
import type { Passage } from './passage.js';
import type { Context } from './run.js';
import type { Segment } from './segment.js';
import type { Slice } from './slice.js';

/** The loop, as far as generated code needs it. */
export interface Mover extends Passage {
  /** Somebody wants something of the loop: from now on it is run by plain pulls. */
  readonly interrupted: boolean;
  /** It still wants items. */
  readonly live: boolean;
  /** Somebody waits for answers. */
  readonly acknowledged: boolean;
  /** What the drain says to an item. */
  took(answer: unknown, item: unknown): void;
  /** What `error` becomes when the drain is to blame. */
  refusal(error: unknown, item: unknown): unknown;
}

/** What a generated loop is made over. */
export interface Material {
  readonly segment: Segment;
  readonly drain: Drain<unknown>;
  readonly loop: Mover;
  readonly slice: Slice;
  readonly context: Context;
}

import type { Context } from '../protocol/context.js';
import type { Drain } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import type { Meter } from '../protocol/observer.js';
import type { Passage } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import type { TimeSlice } from '../time/time-slice.js';

/** The part of a loop that generated code uses. */
export interface CompiledLoop extends Passage {
  /** True once the loop must be run by plain pulls: it was stopped or has failed, for example. */
  readonly interrupted: boolean;
  /** True once the loop is over: items under way are dropped. */
  readonly halted: boolean;
  /** True while the loop moves items. */
  readonly live: boolean;
  /** True if sends wait for answers. */
  readonly acknowledged: boolean;
  /** The last stage, which gets the drain's answer to an item. */
  readonly last: {
    promised(answer: PromiseLike<unknown>, item: unknown): void;
    answered(answer: unknown): void;
  };
  /** The drain takes no item before it calls `unblock`. */
  block(): void;
  wake(): void;
  fail(error: unknown): void;
  /** Adds the drain's stage and the item to an error that the drain threw. */
  refusal(error: unknown, item: unknown): unknown;
}

/** What generated code refers to. */
export interface CompileInput {
  readonly segment: Segment;
  readonly context: Context;
  readonly drain?: Drain<unknown>;
  readonly loop?: CompiledLoop;
  /** The meter of the host, if the run has statistics. */
  readonly meter: Meter | undefined;
  /** What a generated function returns when plain pulls must go on. */
  readonly STOP: unknown;
}

/** For a loop that moves the items of a segment into a drain. */
export interface LoopInput extends CompileInput {
  readonly drain: Drain<unknown>;
  readonly loop: CompiledLoop;
  readonly slice: TimeSlice;
  readonly STOP: false;
}

/** For a segment that a reader pulls item by item. */
export interface PullInput extends CompileInput {
  readonly host: Host;
  readonly STOP: symbol;
}

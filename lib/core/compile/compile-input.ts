import type { Context } from '../protocol/context.js';
import type { Drain } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import type { Meter } from '../protocol/observer.js';
import type { Passage } from '../protocol/pull.js';
import type { Segment } from '../protocol/segment.js';
import type { TimeSlice } from '../time/time-slice.js';

/** The loop, as far as generated code needs it. */
export interface CompiledLoop extends Passage {
  /** Somebody wants something of the loop: from now on it is run by plain pulls. */
  readonly interrupted: boolean;
  /** For good: it wants none of what is on its way. */
  readonly halted: boolean;
  /** It still wants items. */
  readonly live: boolean;
  /** Somebody waits for answers. */
  readonly acknowledged: boolean;
  /** Who hears what the drain says to an item. */
  readonly last: {
    promised(answer: PromiseLike<unknown>, item: unknown): void;
    answered(answer: unknown): void;
  };
  /** The drain takes no more until it says so. */
  block(): void;
  wake(): void;
  fail(error: unknown): void;
  /** What `error` becomes when the drain is to blame. */
  refusal(error: unknown, item: unknown): unknown;
}

/** What generated code is made over. */
export interface CompileInput {
  readonly segment: Segment;
  readonly context: Context;
  readonly drain?: Drain<unknown>;
  readonly loop?: CompiledLoop;
  /** What is counted, and at times timed. */
  readonly meter: Meter | undefined;
  /** What generated code answers when plain pulls must go on. */
  readonly STOP: unknown;
}

/** What moves the items of a segment into a drain. */
export interface LoopInput extends CompileInput {
  readonly drain: Drain<unknown>;
  readonly loop: CompiledLoop;
  readonly slice: TimeSlice;
  readonly STOP: false;
}

/** A segment that somebody else pulls. */
export interface PullInput extends CompileInput {
  readonly host: Host;
  readonly STOP: symbol;
}

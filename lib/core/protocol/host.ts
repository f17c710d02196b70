import type { Ack } from './ack.js';
import type { LazyContext } from './context.js';
import type { Meter } from './observer.js';
import type { Run } from './run.js';
import type { Segment } from './segment.js';

/** What a pull may ask of whoever runs it. */
export interface Host {
  readonly run: Run;
  /** What callbacks are called with: over once nothing that it runs is wanted any more. */
  readonly context: LazyContext;
  /** Where its time goes, if somebody wants to know. */
  readonly meter?: Meter | undefined;
  /** What is run. */
  segment: Segment;
  /** All that it runs, for a diagnosis. */
  readonly segments: Segment[];
  /** Somebody waits for answers, so acks are kept. */
  readonly acknowledged: boolean;
  /**
   * Acks of the item in hand: the one that the latest pull has brought. The pull that lets go of an item sets them, and
   * whatever takes the item reads them before it returns. An inbox releases them once the item is done.
   */
  acks: readonly Ack[] | undefined;
  /** Input has been quiet for a turn of the event loop: steps hand over what they hold. */
  readonly idling: boolean;
  /** Set while one pull can go on only after another one has. */
  blocker: (() => Error) | undefined;

  /** There may be something to pull. */
  wake(): void;
  /** True when whoever brings items should answer `WAIT`: the event loop is to turn, or nothing is wanted any more. */
  due(): boolean;
  /** Asks for an idle pass, unless something comes within one turn of the event loop. */
  idleSoon(): void;
  /** Something outside (a promise, a stream) will wake this host, until `arrived` is called. Answers the time, in ms. */
  waiting(): number;
  arrived(): void;
  /** The input is let go before it has ended, and that is no failure. */
  endEarly(): void;
  fail(error: unknown): void;
}

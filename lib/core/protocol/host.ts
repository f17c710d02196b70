import type { Ack } from './ack.js';
import type { LazyContext } from './context.js';
import type { Meter } from './observer.js';
import type { PartHost } from './part.js';
import type { Run } from './run.js';
import type { Segment } from './segment.js';

/**
 * What runs a chain of pulls, as the pulls see it: mostly a loop; for `pull()` a `SyncHost`. A pull that has answered
 * `WAIT` calls `wake` when an item may be there, as a future in Rust calls its waker.
 */
export interface Host extends PartHost {
  readonly run: Run;
  /**
   * The context that callbacks are called with. Its signal aborts once the results of this host are no longer wanted.
   */
  readonly context: LazyContext;
  /** Measures where the time of this host goes; undefined unless the run has statistics. */
  readonly meter?: Meter | undefined;
  /** The segment that was opened last. */
  segment: Segment;
  /** All segments of this host, for the report of a stalled run. */
  readonly segments: Segment[];
  /** True in a push pipeline: sends wait for answers, so stages must keep the acks of the items they hold. */
  readonly acknowledged: boolean;
  /**
   * The acks of the current item: the one that the latest pull returned. The pull that returns an item sets them, and
   * the stage that takes the item reads them before it returns. An inbox releases them when the item is done.
   */
  acks: readonly Ack[] | undefined;
  /** True during an idle pass: no input has come for a turn of the event loop, so steps emit what they hold. */
  readonly idling: boolean;
  /**
   * Set by a pull that can only go on after another pull of the same host. If nothing else can wake the host, the run
   * fails with this error.
   */
  blocker: (() => Error) | undefined;

  /** Tells the host to pull again: an item may be there now. */
  wake(): void;
  /** Called before each item. True if the pull must answer `WAIT`: the time slice is over, or no items are wanted. */
  due(): boolean;
  /** Asks for an idle pass after one turn of the event loop, unless an item comes before. */
  idleSoon(): void;
  /**
   * Tells the host that a promise, a timer or a stream will wake it; `arrived` is called when it has. Returns the
   * current time, in ms.
   */
  waiting(): number;
  arrived(): void;
  /** A stage closes its input before the input has ended, without a failure, as `take` does. */
  endEarly(): void;
}

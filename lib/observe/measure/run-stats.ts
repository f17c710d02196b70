import type { StageRef } from '../../core/base/errors.js';

/** What one stage of a run has done so far. */
export interface StageStats {
  /** The index in `RunStats.stages`. */
  readonly id: number;
  readonly stage: StageRef;
  readonly kind: 'source' | 'stage' | 'sink';
  /** The ids of the stages whose items it takes; empty for a source. */
  readonly inputs: readonly number[];
  /** The number of the segment: stages that run as one loop have the same number. */
  readonly segment: number;
  readonly itemsIn: number;
  readonly itemsOut: number;
  /** How many bytes came in and went out, if the stage reads or writes a stream of bytes; undefined otherwise. */
  readonly bytesIn: number | undefined;
  readonly bytesOut: number | undefined;
  /**
   * These three add up to the time since the stage began: at work, waiting for input, waiting until its output is
   * taken.
   */
  readonly busyMs: number;
  readonly starvedMs: number;
  readonly blockedMs: number;
  /** Items in its queue, or otherwise held, now. */
  readonly held: number;
}

/** What a run has done so far. */
export interface RunStats {
  readonly elapsedMs: number;
  readonly ended: boolean;
  readonly stages: readonly StageStats[];
  /** The `id` of the stage that the others wait for; undefined while that is not known. */
  readonly bottleneck: number | undefined;
}

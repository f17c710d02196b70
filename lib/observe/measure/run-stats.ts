import type { StageRef } from '../../core/base/errors.js';

/** What one stage of a run has done so far. */
export interface StageStats {
  /** Its place in `RunStats.stages`. */
  readonly id: number;
  readonly stage: StageRef;
  readonly kind: 'source' | 'stage' | 'sink';
  /** Of the stages whose items it takes; none of a source. */
  readonly inputs: readonly number[];
  /** Which stages run as one loop: the same number. */
  readonly segment: number;
  readonly itemsIn: number;
  readonly itemsOut: number;
  /** Of the bytes and texts among the items, where it reads or writes a stream of bytes; undefined elsewhere. */
  readonly bytesIn: number | undefined;
  readonly bytesOut: number | undefined;
  /** The three make up the time since it began: at work, waiting for input, waiting for whoever takes its output. */
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
  /** The `id` of the stage that the others wait for; undefined where nothing tells yet. */
  readonly bottleneck: number | undefined;
}

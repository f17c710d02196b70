import type { RunStats, StageStats } from './run-stats.js';

/** What a stage has done since an earlier read of its run: all of it, if it was not there then. */
export function since(stage: StageStats, earlier: RunStats | undefined): StageStats {
  const before = earlier?.stages[stage.id];
  if (!before) return stage;
  return {
    ...stage,
    itemsIn: stage.itemsIn - before.itemsIn,
    itemsOut: stage.itemsOut - before.itemsOut,
    bytesIn: minus(stage.bytesIn, before.bytesIn),
    bytesOut: minus(stage.bytesOut, before.bytesOut),
    busyMs: stage.busyMs - before.busyMs,
    starvedMs: stage.starvedMs - before.starvedMs,
    blockedMs: stage.blockedMs - before.blockedMs,
  };
}

/** How long that took. */
export const spanMs = ({ busyMs, starvedMs, blockedMs }: StageStats): number =>
  busyMs + starvedMs + blockedMs;

const minus = (bytes: number | undefined, before = 0): number | undefined =>
  bytes === undefined ? undefined : bytes - before;

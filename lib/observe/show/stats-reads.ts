import { printable } from '../../formats/text/message-text.js';
import type { RunStats, StageStats } from '../measure/run-stats.js';

/** The result of `stats()`, or what its `read()` returned. */
export type StatsSource = RunStats | { read(): RunStats };

/** The statistics so far. */
export const readOf = (run: StatsSource): RunStats => ('read' in run ? run.read() : run);

/** The name of a stage on one line. */
export const stageName = ({ stage }: StageStats): string =>
  printable(stage.name.replace(/\s+/g, ' ').trim());

/** What a stage has done since an earlier read of its run: everything, if that read does not contain it. */
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

/** The time that the figures of a stage cover. */
export const spanMs = ({ busyMs, starvedMs, blockedMs }: StageStats): number =>
  busyMs + starvedMs + blockedMs;

const minus = (bytes: number | undefined, before = 0): number | undefined =>
  bytes === undefined ? undefined : bytes - before;

/**
 * The same run with bytes on both sides of a connection: where only one stage counts bytes, the stage next to it gets
 * the same number.
 */
export function withBytes(run: RunStats): RunStats {
  const takers = new Map<number, StageStats[]>();
  for (const stage of run.stages)
    for (const input of stage.inputs) takers.set(input, [...(takers.get(input) ?? []), stage]);
  const stages = run.stages.map((stage) => {
    const [input, ...others] = stage.inputs.map((id) => run.stages[id]);
    const [taker, ...more] = takers.get(stage.id) ?? [];
    const given = others.length === 0 ? input?.bytesOut : undefined;
    const taken = more.length === 0 && taker?.inputs.length === 1 ? taker.bytesIn : undefined;
    return { ...stage, bytesIn: stage.bytesIn ?? given, bytesOut: stage.bytesOut ?? taken };
  });
  return { ...run, stages };
}

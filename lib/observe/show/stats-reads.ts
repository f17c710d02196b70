import { printable } from '../../formats/text/message-text.js';
import type { RunStats, StageStats } from '../measure/run-stats.js';

/** A run that is watched, or what has been read of one. */
export type StatsSource = RunStats | { read(): RunStats };

/** What it has done by now. */
export const readOf = (run: StatsSource): RunStats => ('read' in run ? run.read() : run);

/** What a stage is called, on one line. */
export const stageName = ({ stage }: StageStats): string =>
  printable(stage.name.replace(/\s+/g, ' ').trim());

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

/** The same run, where bytes that are counted at one end of a way from stage to stage are told at both. */
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

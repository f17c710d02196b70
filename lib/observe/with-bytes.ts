import type { RunStats, StageStats } from './run-stats.js';

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

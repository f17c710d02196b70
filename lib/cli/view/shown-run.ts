import type { RunStats, StageStats } from '../../observe/measure/run-stats.js';
import { isGate } from '../input/gate.js';

/** What the inputs and outputs of a run are called: so are the parsers and formatters that errors tell of. */
export interface Labels {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * What a run has done, as whoever wrote the command line knows it: what a stage of the command's own does is told of the
 * one before it, and what reads and writes bears the name of the file.
 */
export function shownRun(run: RunStats, labels: Labels): RunStats {
  const { stages, bottleneck } = run;
  const shown = stages.filter((stage) => !isOurs(stage));
  const places = new Map(shown.map(({ id }, at) => [id, at]));
  const before = (id: number): number => {
    const stage = stages[id] as StageStats;
    return isOurs(stage) ? before(stage.inputs[0] as number) : id;
  };
  const placeOf = (id: number): number => places.get(before(id)) as number;
  const told = shown.map((stage, id) => ({
    ...withGates(
      stage,
      stages.filter((each) => each !== stage && before(each.id) === stage.id),
    ),
    id,
    stage: { ...stage.stage, name: nameOf(stage, stages, labels) },
    inputs: stage.inputs.map(placeOf),
  }));
  return { ...run, stages: told, bottleneck: bottleneck === undefined ? undefined : busiest(told) };
}

/** With its gates it may be another than without. */
function busiest(stages: readonly StageStats[]): number | undefined {
  const [first] = stages.toSorted((a, b) => b.busyMs - a.busyMs);
  return first?.id;
}

/** A gate, or what joins a single input. */
const isOurs = ({ stage: { name }, inputs }: StageStats): boolean =>
  inputs.length === 1 && (isGate(name) || name === 'concat');

/** Whoever waits for a stage waits for the gates behind it, too. */
const withGates = (stage: StageStats, gates: readonly StageStats[]): StageStats => {
  const busyMs = gates.reduce((sum, gate) => sum + gate.busyMs, 0);
  return {
    ...stage,
    busyMs: stage.busyMs + busyMs,
    blockedMs: Math.max(stage.blockedMs - busyMs, 0),
  };
};

function nameOf(
  { id, kind, stage, inputs }: StageStats,
  stages: readonly StageStats[],
  labels: Labels,
): string {
  const { name } = stage;
  if (kind === 'source') {
    const parser = stages.find((each) => each.inputs.includes(id));
    return parser && labels.inputs.includes(parser.stage.name) ? `read ${parser.stage.name}` : name;
  }
  if (kind === 'sink') {
    const label = formatterBefore(inputs, stages, labels);
    return label === undefined ? name : `write ${label}`;
  }
  if (labels.inputs.includes(name)) return `parse ${name}`;
  return labels.outputs.includes(name) ? `format ${name}` : name;
}

/** What compresses stands between a formatter and its file. */
function formatterBefore(
  inputs: readonly number[],
  stages: readonly StageStats[],
  { outputs }: Labels,
): string | undefined {
  const before = stages[inputs[0] ?? -1];
  const further = stages[before?.inputs[0] ?? -1];
  return [before, further]
    .map((each) => each?.stage.name ?? '')
    .find((name) => outputs.includes(name));
}

import type { RunStats, StageStats } from '../../observe/measure/run-stats.js';
import { isGate } from '../input/gate.js';

/** The labels of the inputs and outputs, which are also the names of their parsers and formatters. */
export interface Labels {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * The statistics of a run in terms of the command line. The work of the command's own stages counts for the stage
 * before them, and stages that read or write are named after the file.
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
  const renumbered = shown.map((stage, id) => ({
    ...withGates(
      stage,
      stages.filter((each) => each !== stage && before(each.id) === stage.id),
    ),
    id,
    stage: { ...stage.stage, name: nameOf(stage, stages, labels) },
    inputs: stage.inputs.map(placeOf),
  }));
  return {
    ...run,
    stages: renumbered,
    bottleneck: bottleneck === undefined ? undefined : busiest(renumbered),
  };
}

/** The bottleneck is found anew, because the stages now include their gates. */
function busiest(stages: readonly StageStats[]): number | undefined {
  const [first] = stages.toSorted((a, b) => b.busyMs - a.busyMs);
  return first?.id;
}

/** A gate, or a `concat` of a single input. */
const isOurs = ({ stage: { name }, inputs }: StageStats): boolean =>
  inputs.length === 1 && (isGate(name) || name === 'concat');

/** A stage with the gates behind it: waiting for a gate is waiting for the stage. */
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

/** The label of the formatter before a sink. A compressor may be between the two. */
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

import type { StageStats } from '../measure/run-stats.js';

/**
 * How many branchings lead to each stage: a stage is one deeper than its input if other stages take that input, too.
 */
export function depths(stages: readonly StageStats[]): readonly number[] {
  const takers = new Map<number, number>();
  for (const input of stages.flatMap(({ inputs }) => inputs))
    takers.set(input, (takers.get(input) ?? 0) + 1);
  const known = new Map<number, number>();
  const depthOf = (id: number): number => {
    const depth = known.get(id) ?? find(stages[id]?.inputs ?? []);
    known.set(id, depth);
    return depth;
  };
  const find = ([input, ...others]: readonly number[]): number =>
    input === undefined || others.length > 0
      ? 0
      : depthOf(input) + ((takers.get(input) ?? 0) > 1 ? 1 : 0);
  return stages.map(({ id }) => depthOf(id));
}

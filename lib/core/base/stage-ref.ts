import { inspect } from 'node:util';

/** Identifies a stage of a run. No two stages of one run have equal references. */
export interface StageRef {
  readonly name: string;
  /** The position of the stage in its line of stages; the source is 0. */
  readonly position: number;
  /** The line of the stage, unless it is the main line. */
  readonly within?: SideLine;
}

/** A line of stages that leads into another stage, or out of one: an input, a branch or a dead letter. */
export interface SideLine {
  /** The junction of the input or branch, or the stage that writes to the dead letter. */
  readonly stage: StageRef;
  readonly side: 'input' | 'branch' | 'dead letter';
  /** The index among the lines of the same stage, from 0, in the order in which they were given, joined or opened. */
  readonly at: number;
  /** The key of the branch's items as text, if they have one. */
  readonly key?: string;
}

export const stageRef = (name: string, position: number, within?: SideLine): StageRef =>
  within ? { name, position, within } : { name, position };

/** The name and position in words: `map(parse) (stage 2 of branch 1 of broadcast, stage 3)`. */
export const placed = (ref: StageRef): string => `${ref.name} (${placeOf(ref)})`;

function placeOf({ position, within }: StageRef): string {
  if (!within) return `stage ${position}`;
  const { stage, side } = within;
  const line = side === 'dead letter' ? `the ${side}` : `${side} ${lineName(within)}`;
  return `stage ${position} of ${line} of ${stage.name}, ${placeOf(stage)}`;
}

/** The key of a line, or its index. */
export const lineName = (line: {
  readonly key?: string | undefined;
  readonly at: number;
}): string => line.key ?? `${line.at}`;

/** A key as text on one line, shortened if it is long. */
export const keyText = (key: unknown): string =>
  inspect(key, { depth: 0, breakLength: Infinity, maxStringLength: 40 });

/** Compares stages in the order in which items pass them: inputs before their junction, branches after it. */
export function compareStages(a: StageRef, b: StageRef): number {
  const [first, second] = [pathOf(a), pathOf(b)];
  const at = first.findIndex((step, index) => step !== second[index]);
  return at < 0 ? 0 : (first[at] as number) - (second[at] as number);
}

/**
 * The numbers that `compareStages` compares. Each level has the same number of them, so that two paths stay aligned.
 * `side` is -1 before the stage of that level, 1 after it and 0 at it.
 */
function pathOf({ position, within }: StageRef, side = 0): number[] {
  const before = within
    ? [...pathOf(within.stage, within.side === 'input' ? -1 : 1), within.at]
    : [];
  return [...before, position, side];
}

import { inspect } from 'node:util';

/** Where in a run something stands. No two stages of one run are alike in all of this. */
export interface StageRef {
  readonly name: string;
  /** Its place in its line, counted from the source, which is 0. */
  readonly position: number;
  /** Which line that is, where it is not the main one. */
  readonly within?: SideLine;
}

/** A line of stages that joins the line of another stage, or leaves it there. */
export interface SideLine {
  /** The junction, or the stage whose dead letter it is. */
  readonly stage: StageRef;
  readonly side: 'input' | 'branch' | 'dead letter';
  /** Which of several, from 0: in the order in which they were given, joined or opened. */
  readonly at: number;
  /** As text, the key of the items that it gets, where it has one. */
  readonly key?: string;
}

export const stageRef = (name: string, position: number, within?: SideLine): StageRef =>
  within ? { name, position, within } : { name, position };

/** Name and place, in words: `map(parse) (stage 2 of branch 1 of broadcast, stage 3)`. */
export const placed = (ref: StageRef): string => `${ref.name} (${placeOf(ref)})`;

function placeOf({ position, within }: StageRef): string {
  if (!within) return `stage ${position}`;
  const { stage, side } = within;
  const line = side === 'dead letter' ? `the ${side}` : `${side} ${lineName(within)}`;
  return `stage ${position} of ${line} of ${stage.name}, ${placeOf(stage)}`;
}

/** What tells a line from the others of its stage. */
export const lineName = (line: {
  readonly key?: string | undefined;
  readonly at: number;
}): string => line.key ?? `${line.at}`;

/** A key as text, on one line and not too long. */
export const keyText = (key: unknown): string =>
  inspect(key, { depth: 0, breakLength: Infinity, maxStringLength: 40 });

/** In the order in which items pass: inputs come before their junction, branches after it. */
export function compareStages(a: StageRef, b: StageRef): number {
  const [first, second] = [pathOf(a), pathOf(b)];
  const at = first.findIndex((step, index) => step !== second[index]);
  return at < 0 ? 0 : (first[at] as number) - (second[at] as number);
}

/** Of the same length in all that two stages have in common. */
function pathOf({ position, within }: StageRef, turn = 0): number[] {
  const before = within
    ? [...pathOf(within.stage, within.side === 'input' ? -1 : 1), within.at]
    : [];
  return [...before, position, turn];
}

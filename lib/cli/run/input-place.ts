import type { StageError } from '../../core/base/errors.js';
import { type Part, stepwiseName } from '../expressions/part.js';
import type { Input } from '../input/input.js';
import type { Plan } from '../plan/plan.js';

/**
 * The input of the item on which a stage failed: its file, and its line if the format has lines. Undefined when that is
 * not known: inputs are merged, or an earlier stage has held items.
 */
export function inputPlace(
  { stage, index }: StageError,
  plan: Plan,
  inputs: readonly Input[],
): string | undefined {
  if (stage.within || index === undefined || !isOneByOne(plan, inputs)) return undefined;
  if (!namesOf(plan).includes(stage.name)) return undefined;
  // The failed item is the latest one of all inputs.
  const input = inputs.findLast(({ taken }) => taken.items > 0);
  const line = input?.latestLine();
  return line === undefined ? input?.label : `${input?.label}, line ${line}`;
}

const isOneByOne = ({ command = 'concat', mergeBy }: Plan, { length }: readonly Input[]): boolean =>
  length === 1 || (command === 'concat' && !mergeBy);

/** The stages that get each item as soon as it is read. */
function namesOf({ stages, outputs: [main, ...tees] }: Plan): readonly string[] {
  const isAlone = stages.length === 0 && main && tees.length === 0;
  const parts: readonly (Part | undefined)[] = isAlone
    ? [...main.line.stages, main.line.sink]
    : stages;
  const names = parts.map((part) => part && stepwiseName(part));
  const end = names.indexOf(undefined);
  return (end < 0 ? names : names.slice(0, end)) as string[];
}

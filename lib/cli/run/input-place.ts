import type { StageError } from '../../core/base/errors.js';
import { type Part, stepwiseName } from '../expressions/part.js';
import type { Input } from '../input/input.js';
import type { Plan } from '../plan/plan.js';

/**
 * Where the item came from that a stage failed on: its file, and the line if items have lines. Undefined where nobody
 * knows: inputs are woven into each other, or stages before it have kept items back.
 */
export function inputPlace(
  { stage, index }: StageError,
  plan: Plan,
  inputs: readonly Input[],
): string | undefined {
  if (stage.within || index === undefined || !isOneByOne(plan, inputs)) return undefined;
  if (!namesOf(plan).includes(stage.name)) return undefined;
  // The one in hand is the latest of all.
  const input = inputs.findLast(({ taken }) => taken.items > 0);
  const line = input?.latestLine();
  return line === undefined ? input?.label : `${input?.label}, line ${line}`;
}

const isOneByOne = ({ command = 'concat', mergeBy }: Plan, { length }: readonly Input[]): boolean =>
  length === 1 || (command === 'concat' && !mergeBy);

/** Those that get what is read as it is read. */
function namesOf({ stages, outputs: [main, ...tees] }: Plan): readonly string[] {
  const isAlone = stages.length === 0 && main && tees.length === 0;
  const parts: readonly (Part | undefined)[] = isAlone
    ? [...main.line.stages, main.line.sink]
    : stages;
  const names = parts.map((part) => part && stepwiseName(part));
  const end = names.indexOf(undefined);
  return (end < 0 ? names : names.slice(0, end)) as string[];
}

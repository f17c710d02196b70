import { badUsage } from '../errors/command-error.js';
import { type Key, keyOf } from '../expressions/key.js';
import type { Command } from '../flags/commands.js';
import { type FlagValues, type JoinKind, joinKinds } from '../flags/flags.js';

/** How two files are joined. */
export interface JoinPlan {
  readonly name: string;
  readonly leftKey: Key;
  readonly rightKey: Key;
  readonly kind: JoinKind;
}

/** Reads `--on` and `--kind`, which are only for join. */
export async function joinPlan(
  command: Command | undefined,
  files: readonly string[],
  { on, kind }: FlagValues,
): Promise<JoinPlan | undefined> {
  if (command !== 'join') {
    if (on.length > 0) throw badUsage('--on is for join');
    if (kind !== undefined) throw badUsage('--kind is for join');
    return undefined;
  }
  if (files.length !== 2) throw badUsage(`join takes two files, got ${files.length}`);
  const [left, right = left] = on;
  if (left === undefined || right === undefined)
    throw badUsage('join needs a key: sluice join --on KEY FILE FILE [stage ...]');
  if (on.length > 2)
    throw badUsage(`--on is given ${on.length} times: one key for both files, or one for each`);
  return {
    name: `join --on ${on.join(' --on ')}`,
    leftKey: await keyOf(left, '--on'),
    rightKey: await keyOf(right, '--on'),
    kind: kindOf(kind),
  };
}

function kindOf(word = 'inner'): JoinPlan['kind'] {
  const kind = joinKinds.find((each) => each === word);
  if (kind) return kind;
  const unknown = { word, known: joinKinds };
  throw badUsage(`--kind must be ${joinKinds.join(', ')}, got '${word}'`, { unknown });
}

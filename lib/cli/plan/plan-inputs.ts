import { badUsage } from '../errors/command-error.js';
import { type Key, keyOf } from '../expressions/key.js';
import { type FileSpec, fileSpec } from '../files/file-spec.js';
import type { Command } from '../flags/commands.js';
import type { FlagValues } from '../flags/flags.js';
import { expandPattern } from './expand-pattern.js';
import { type JoinPlan, joinPlan } from './join-plan.js';
import type { Operands } from './operands.js';
import { outputFile, type PlannedOutput } from './output-file.js';

/** The inputs, how to join them, and the policy for bad input. */
export interface InputPlan {
  readonly command: Command | undefined;
  readonly inputs: readonly FileSpec[];
  /** How to join them, for the command `join`. */
  readonly join: JoinPlan | undefined;
  /** The key by which the inputs are sorted, to be merged. */
  readonly mergeBy: Key | undefined;
  /** What happens to bad input. */
  readonly onError: 'fail' | 'skip' | PlannedOutput;
}

/** Plans the inputs. */
export async function planInputs(
  flags: FlagValues,
  { command, files }: Operands,
): Promise<InputPlan> {
  const { input, from } = flags;
  if (command && input.length > 0)
    throw badUsage(`${command} takes its files as arguments, not with --input`);
  const named = command ? files : (await Promise.all(input.map(expandPattern))).flat();
  if (named.filter((path) => path === '-').length > 1)
    throw badUsage('stdin (-) can be read only once');
  const inputs = (named.length > 0 ? named : ['-']).map((path) => fileSpec(path, '--from', from));
  const join = await joinPlan(command, files, flags);
  const mergeBy = await planMerge(flags, command);
  return { command, inputs, join, mergeBy, onError: await planPolicy(flags, inputs) };
}

async function planMerge(
  flags: FlagValues,
  command: string | undefined,
): Promise<InputPlan['mergeBy']> {
  const text = flags['merge-by'];
  if (text === undefined) return undefined;
  if (command && command !== 'merge') throw badUsage(`--merge-by is for merge, not for ${command}`);
  return keyOf(text, '--merge-by');
}

async function planPolicy(
  flags: FlagValues,
  inputs: readonly FileSpec[],
): Promise<InputPlan['onError']> {
  const policy = flags['on-error'] ?? 'fail';
  if (policy === 'fail') return policy;
  if (!inputs.some(({ format }) => format.hasBad))
    throw badUsage('--on-error: no input has a format that can be bad in part');
  if (policy === 'skip') return policy;
  const file = await outputFile(policy, '--on-error', undefined);
  if (file.split) throw badUsage(`--on-error: ${policy}: all bad records go to one file`);
  return { line: { stages: [], sink: undefined }, file };
}

import type { Stage } from '../streams/stage.js';
import { badUsage } from './command-error.js';
import type { Command } from './commands.js';
import { concurrent } from './concurrent.js';
import { type FileSpec, fileSpec } from './file-spec.js';
import { type JoinPlan, joinPlan } from './join-plan.js';
import { type Line, line, partOf } from './line.js';
import { loadModule } from './load-module.js';
import { readOperands } from './operands.js';
import type { CommandLine } from './parse-command-line.js';
import { teeSpec } from './tee-spec.js';

type Library = typeof import('../index.js');

/** A way out: what becomes of the items that have passed the main stages, and the file it ends in. */
export interface PlannedOutput {
  readonly line: Line;
  readonly file: FileSpec;
}

/** All that a command line asks for, checked as far as can be without opening a file. */
export interface Plan {
  readonly command: Command | undefined;
  readonly inputs: readonly FileSpec[];
  /** How they are joined, if that is the command. */
  readonly join: JoinPlan | undefined;
  readonly stages: readonly Stage<unknown, unknown>[];
  /** The main one, then those of `--tee`. */
  readonly outputs: readonly PlannedOutput[];
}

export async function plan(commandLine: CommandLine, plain: Library): Promise<Plan> {
  const { flags } = commandLine;
  const { input, output = '-', from, to, module, tee } = flags;
  const { command, files, stages: texts } = readOperands(commandLine);
  if (command && input !== undefined)
    throw badUsage(`${command} takes its files as arguments, not with --input`);
  const inputs = (command ? files : [input ?? '-']).map((path) => fileSpec(path, '--from', from));
  const join = await joinPlan(command, files, flags, plain);
  const { library, requireUse } = concurrent(plain, flags.concurrency);
  const parts = module === undefined ? [] : [...(await loadModule(module, library))];
  for (const [at, text] of texts.entries())
    parts.push(await partOf(text, `stage ${at + 1}`, library));
  const { stages, sink } = line(parts);
  const outputs: PlannedOutput[] = [
    { line: { stages: [], sink }, file: fileSpec(output, '--to', to) },
  ];
  for (const text of tee) outputs.push(await plannedTee(text, library));
  requireUse();
  return { command, inputs, join, stages, outputs };
}

/** `--to` is about the main output: the endings of the others speak for themselves. */
async function plannedTee(text: string, library: Library): Promise<PlannedOutput> {
  const { path, stage } = teeSpec(text);
  const part = await partOf(stage, `--tee ${path}`, library);
  return { line: line([part]), file: fileSpec(path, '--to', undefined) };
}

import { sinkPlan } from '../../streams/plans.js';
import type { Stage } from '../../streams/stage.js';
import { badUsage } from '../errors/command-error.js';
import { concurrent, type Operators } from '../expressions/concurrent.js';
import { type Line, line, partOf } from '../expressions/line.js';
import { loadModule } from '../expressions/load-module.js';
import type { FileSpec } from '../files/file-spec.js';
import type { CommandLine } from '../flags/parse-command-line.js';
import { readOperands } from './operands.js';
import { type OutputFile, outputFile, type PlannedOutput } from './output-file.js';
import { type InputPlan, planInputs } from './plan-inputs.js';
import { teeSpec } from './tee-spec.js';
import { type ViewPlan, viewPlan } from './view-plan.js';

/** Everything that a command line asks for, checked as far as possible without opening a file. */
export interface Plan extends InputPlan {
  readonly stages: readonly Stage<unknown, unknown>[];
  /** The main output, then those of `--tee`. */
  readonly outputs: readonly PlannedOutput[];
  /** Whether to append to files. */
  readonly append: boolean;
  readonly view: ViewPlan;
}

export async function plan(commandLine: CommandLine): Promise<Plan> {
  const { flags } = commandLine;
  const { output = '-', to, module, tee, append } = flags;
  const view = viewPlan(flags);
  const operands = readOperands(commandLine);
  const inputs = await planInputs(flags, operands);
  const { operators, requireUse } = await concurrent(flags.concurrency);
  const parts = module === undefined ? [] : [...(await loadModule(module, operators))];
  for (const [at, text] of operands.stages.entries())
    parts.push(await partOf(text, `stage ${at + 1}`, operators));
  const { stages, sink } = line(parts);
  const file = await outputFile(output, '--output', to);
  const outputs = [plannedOutput({ stages: [], sink }, file)];
  for (const text of tee) outputs.push(await plannedTee(text, operators));
  requireUse();
  if (append) for (const { file } of outputs) requireContinuable(file);
  return { ...inputs, stages, outputs, append, view };
}

/** `--to` names the format of the main output; other outputs have the format of their ending. */
async function plannedTee(text: string, operators: Operators): Promise<PlannedOutput> {
  const { path, stage } = teeSpec(text);
  const part = await partOf(stage, `--tee ${path}`, operators);
  const file = await outputFile(path, '--tee', undefined);
  return plannedOutput(line([part]), file);
}

function plannedOutput(line: Line, file: OutputFile): PlannedOutput {
  if (!line.sink || !file.split) return { line, file };
  throw badUsage(
    `${file.path}: items are split by their keys, but ${sinkPlan('sluice', line.sink).name} gives one result: write it to one file`,
  );
}

/** Throws for a format or compression that cannot be appended to. */
function requireContinuable({ path, format, compression }: FileSpec): void {
  const why = format.isWhole
    ? 'a JSON array'
    : compression?.isWhole
      ? compression.ending
      : undefined;
  if (why) throw badUsage(`--append: ${path} can't be added to, as ${why} has an end`);
}

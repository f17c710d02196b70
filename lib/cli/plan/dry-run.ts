import type { Link } from '../../core/protocol/link.js';
import { sinkPlan, stageLinks } from '../../streams/plans.js';
import type { FileSpec } from '../files/file-spec.js';
import { formats } from '../files/formats.js';
import type { PlannedOutput } from './output-file.js';
import type { Plan } from './plan.js';

/** What a run would do: the files, and which stages run as one loop. The stages cannot be used afterwards. */
export function dryRun(plan: Plan): string {
  const { inputs, onError, stages, outputs } = plan;
  const links = stages.flatMap((stage) => stageLinks('sluice', stage));
  const joined = howJoined(plan);
  const rows = [
    ...inputs.map((file): Row => ['read', describeFile(file, 'stdin')]),
    ...(joined === undefined ? [] : [['join', joined] as Row]),
    ...(onError === 'fail' ? [] : [['bad input', policyOf(onError)] as Row]),
    ...segments(links),
    ...outputs.flatMap((output, at) => [
      ...(at === 0 ? [] : [['tee', output.file.path] as Row]),
      ...outputRows(output, plan.append ? 'append' : 'write'),
    ]),
  ];
  return rows.map(([name, text]) => `${name.padEnd(WIDTH)}${text}\n`).join('');
}

const WIDTH = 11;

type Row = readonly [name: string, text: string];

function howJoined({ inputs, command, join, mergeBy }: Plan): string | undefined {
  if (mergeBy) return 'merge of sorted files';
  return join?.name ?? command ?? (inputs.length > 1 ? 'concat' : undefined);
}

const policyOf = (onError: 'skip' | PlannedOutput): string =>
  onError === 'skip' ? 'is skipped' : `goes to ${describeFile(onError.file, 'stdout')}`;

function outputRows({ line: { stages, sink }, file }: PlannedOutput, way: string): readonly Row[] {
  const links = stages.flatMap((stage) => stageLinks('sluice', stage));
  const end = sink && sinkPlan('sluice', sink);
  const result: readonly Row[] = end ? [['result', `of ${end.name}`]] : [];
  return [
    ...segments([...links, ...(end?.links ?? [])]),
    ...result,
    [
      way,
      describeFile(file, 'stdout') +
        (file.split ? `, a file for each ${file.split.keys.join(', ')}` : ''),
    ],
  ];
}

/** A stage with its own way of pulling begins a segment. A stage with several links is named once. */
function segments(links: readonly Link[]): readonly Row[] {
  const all: string[][] = [];
  for (const [at, link] of links.entries()) {
    const own = 'through' in link;
    const begins = own || at === 0;
    if (begins) all.push([]);
    if (begins || link.name !== links[at - 1]?.name)
      all.at(-1)?.push(own ? `${link.name} (pulls in its own way)` : link.name);
  }
  return all.map((names, at) => [`segment ${at + 1}`, names.join(`\n${' '.repeat(WIDTH)}`)]);
}

function describeFile({ path, format, compression }: FileSpec, standard: string): string {
  const [name] = Object.entries(formats).find(([, each]) => each === format) ?? [];
  const kind = [name, compression?.ending].filter(Boolean).join(' ');
  return `${path === '-' ? standard : path}: ${kind}`;
}

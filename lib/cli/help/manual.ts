import { compressions, ZSTD_NEEDS } from '../files/compressions.js';
import { type Format, formats } from '../files/formats.js';
import { type Command, commands } from '../flags/commands.js';
import { type Flag, type FlagName, flags } from '../flags/flags.js';
import { commandManual } from './command-manual.js';

/** A name and what it means. */
export interface Row {
  readonly name: string;
  readonly meaning: string;
}

/** A paragraph, lines without wrapping, or a table. */
export type Block =
  | { readonly text: string }
  | { readonly lines: readonly string[] }
  | { readonly rows: readonly Row[] };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** The whole manual, made from the tables of flags, commands, formats and compressions. */
export function manual(): readonly Section[] {
  return [
    { title: 'Usage', blocks: [{ lines: usage() }] },
    { title: 'Stages', blocks: [{ text: STAGES }] },
    { title: 'Examples', blocks: [{ lines: EXAMPLES }] },
    { title: 'Options', blocks: [{ rows: Object.entries<Flag>(flags).map(flagRow) }] },
    { title: 'Commands', blocks: [{ rows: commandRows() }, { text: FILES }] },
    { title: 'Formats', blocks: [{ rows: formatRows() }, { text: formatOptions() }] },
    { title: 'Split outputs', blocks: [{ text: SPLIT }] },
    { title: 'Exit codes', blocks: [{ rows: EXIT_CODES }, { text: SIGNALS }] },
  ];
}

/** The manual of one command. */
export function manualOf(command: Command): readonly Section[] {
  const { files, text, flags: own, examples } = commandManual[command];
  const rows = own.map((name) => flagRow([name, flags[name]]));
  return [
    {
      title: 'Usage',
      blocks: [{ lines: [`sluice ${command} [options] ${files} [stage ...]`] }, { text }],
    },
    ...(rows.length > 0 ? [{ title: 'Options', blocks: [{ rows }] }] : []),
    { title: 'Examples', blocks: [{ lines: examples }] },
    { title: 'More', blocks: [{ text: 'sluice --help has all options, formats and exit codes.' }] },
  ];
}

const usage = (): readonly string[] => [
  'sluice [options] [stage ...]                      stdin to stdout',
  `sluice ${Object.keys(commands).join('|')} [options] FILE ... [stage ...]`,
  'sluice COMMAND --help                             more about a command',
];

const STAGES =
  'A stage is a JavaScript expression, with everything that the package exports in scope; a plain function means ' +
  'map(function), and .path.to.field is short for one. An expression may use await. The last stage may be a sink, ' +
  'such as count(): its result is written as one item, a Map as an array of its pairs.';

const EXAMPLES = [
  "sluice -i access.gz 'filter(r => r.status > 499)' .path -o paths.txt",
  "sluice -i sales.csv -f csv:types 'filter(r => r.sum > 9)' -t table",
  "sluice -i app.ndjson -o 'levels/{level}.csv.gz'",
  "sluice zip a.txt b.txt 'map(([a, b]) => ({ a, b }))'",
  "sluice --tee errors.ndjson='filter(r => r.level > 4)' 'count()' < app.ndjson",
];

const FILES =
  'The files of a command are the arguments after it that exist, are a URL, or are - for stdin (once). The first ' +
  'argument that is none of these must contain ( or => or be a .getter: it is the first stage. If in doubt, put -- ' +
  'between files and stages.';

const SPLIT =
  "A key in braces in the name of an output, -o 'out/{status}.ndjson', gives each item to the file that its field names. " +
  'A key is the name of a field (user.id) or a function (r => r.day.slice(0, 7)). There may be several keys, also in ' +
  '--tee and in the names of folders, which are made as needed; {{ is a brace. A value is percent-encoded if it could ' +
  'lead to another folder or hide the file; an item without a value fails the run. The files appear when all are ' +
  'complete. At most 256 files are open: a file beyond them closes another one, which is added to later. Nothing can ' +
  'be added to JSON arrays, .br files and tables, so there can be at most 256 of them.';

const EXIT_CODES: readonly Row[] = [
  { name: '0', meaning: 'done, also if the reader of stdout has closed it' },
  { name: '1', meaning: 'failed' },
  { name: '2', meaning: 'bad usage: nothing was read or written' },
  {
    name: '130, 143',
    meaning:
      'stopped by SIGINT (SIGTERM) after finishing the items already read; a second one aborts',
  },
];

const SIGNALS =
  'A stage that blocks the process, such as an endless loop, also blocks these signals: Ctrl-\\ (SIGQUIT) ends it.';

const commandRows = (): readonly Row[] =>
  (Object.keys(commands) as Command[]).map((command) => ({
    name: `${command} ${commandManual[command].files}`,
    meaning: commands[command],
  }));

const formatRows = (): readonly Row[] =>
  Object.entries(formats).map(([name, format]) => ({ name, meaning: describe(format) }));

const formatOptions = (): string =>
  'Options of a format follow a colon: -f csv:types,delimiter=semicolon -t json. A file whose name ends with ' +
  `${compressions.map(({ ending }) => ending).join(', ')} after the ending of its format is compressed; .zst needs ${ZSTD_NEEDS}.`;

function flagRow([name, flag]: readonly [FlagName | string, Flag]): Row {
  const before = flag.short === undefined ? '    ' : `-${flag.short}, `;
  return { name: `${before}--${name}${takes(flag)}`, meaning: flag.help };
}

function takes({ value, implied }: Flag): string {
  if (value === undefined) return '';
  return implied === undefined ? ` ${value}` : `[=${value}]`;
}

/** What a format is, its endings and its options. */
function describe({ endings, help, reads, writes }: Format): string {
  const ways = [
    ['read', Object.keys(reads?.options ?? {})],
    ['write', Object.keys(writes.options)],
  ] as const;
  const options = ways
    .filter(([, names]) => names.length > 0)
    .map(([way, names]) => `; options to ${way}: ${names.join(' ')}`);
  const implied = endings.length > 0 ? ` (${endings.join(' ')})` : '';
  return `${help}${implied}${options.join('')}`;
}

import { commands } from './commands.js';
import { compressions } from './compressions.js';
import { type Flag, flags } from './flags.js';
import { type Format, formats } from './formats.js';

const WIDTH = 80;

/** The help, made from the tables of flags, commands, formats and compressions. */
export function help(): string {
  return [
    'sluice [options] [stage ...]                      stdin to stdout',
    `sluice [options] ${Object.keys(commands).join('|')} file ... [stage ...]`,
    '',
    ...wrap(
      'A stage is a JavaScript expression with everything that the package exports in scope; a plain function ' +
        'means map(function), and .path.to.field is short for one. It may use await. The last may be a sink, such as ' +
        'count(): its result is written as one item.',
      0,
    ),
    '',
    "  sluice -i access.gz 'filter(r => r.status > 499)' .path -o paths.txt",
    "  sluice -i sales.csv -f csv:types 'filter(r => r.sum > 9)' -t table",
    "  sluice zip a.txt b.txt 'map(([a, b]) => ({ a, b }))'",
    "  sluice join --on id a.csv b.csv '([a, b]) => ({ ...a, ...b })' -t table",
    "  sluice --tee errors.ndjson='filter(r => r.level > 4)' 'count()' < app.ndjson",
    '',
    'Options',
    ...Object.entries<Flag>(flags).flatMap(([name, flag]) => row(flagName(name, flag), flag.help)),
    '',
    'Commands',
    ...Object.entries(commands).flatMap(([name, text]) => row(`${name} FILE ...`, text)),
    '',
    ...wrap(
      'The files of a command are the arguments after it that exist, or are - for stdin (once); the first that ' +
        'holds ( or => or is a .getter is the first stage. Where that is in doubt, put -- between files and stages.',
      0,
    ),
    '',
    'Formats',
    ...Object.entries(formats).flatMap(([name, format]) => row(name, describe(format))),
    '',
    ...wrap(
      'Options of a format stand behind a colon: -f csv:types,delimiter=semicolon -t json. A name that ends with ' +
        `${compressions.map(({ ending }) => ending).join(', ')} behind the ending of its format is compressed.`,
      0,
    ),
    '',
    'Exit codes',
    ...row('0', 'done, also when nobody reads stdout any more'),
    ...row('1', 'failed'),
    ...row('2', 'bad usage: nothing was read or written'),
    ...row(
      '130, 143',
      'stopped by SIGINT (SIGTERM) after finishing the items in hand; a second one aborts',
    ),
    '',
  ].join('\n');
}

/** What a format is, and what the flags may say of it. */
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

function flagName(name: string, { short, value }: Flag): string {
  const before = short === undefined ? '    ' : `-${short}, `;
  return `${before}--${name}${value === undefined ? '' : ` ${value}`}`;
}

const COLUMN = 24;

/** A name and what it means, the meaning in a column of its own. */
function row(name: string, meaning: string): string[] {
  const [first = '', ...rest] = wrap(meaning, COLUMN);
  return [`  ${name}`.padEnd(COLUMN - 1) + first.slice(COLUMN - 1), ...rest];
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(' '.repeat(indent) + word);
  }
  return lines;
}

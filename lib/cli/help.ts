import { commands } from './commands.js';
import { compressions } from './compressions.js';
import { type Flag, flags } from './flags.js';
import { formats } from './formats.js';

const WIDTH = 100;

/** The help, made from the tables of flags, commands, formats and compressions. */
export function help(): string {
  return [
    'sluice [options] [stage ...]                      stdin to stdout',
    `sluice [options] ${Object.keys(commands).join('|')} file ... [stage ...]`,
    '',
    ...wrap(
      'A stage is a JavaScript expression with everything that the package exports in scope; a plain function ' +
        'means map(function). The last may be a sink, such as count(): its result is written as one item.',
      0,
    ),
    '',
    "  sluice -i access.ndjson.gz 'filter(r => r.status >= 500)' 'map(r => r.path)' -o paths.txt",
    "  sluice zip a.txt b.txt 'map(([a, b]) => ({ a, b }))'",
    "  sluice --tee errors.ndjson='filter(r => r.level === \"error\")' 'count()' < app.ndjson",
    '',
    'Options',
    ...Object.entries<Flag>(flags).flatMap(([name, flag]) => row(flagName(name, flag), flag.help)),
    '',
    'Commands',
    ...Object.entries(commands).flatMap(([name, text]) => row(`${name} FILE ...`, text)),
    '',
    ...wrap(
      'The files of a command are the arguments after it that exist, or are - for stdin (once); the first that ' +
        'holds ( or => is the first stage. Where that is in doubt, put -- between files and stages.',
      0,
    ),
    '',
    'Endings of file names',
    ...Object.entries(formats).flatMap(([name, { endings }]) => row(endings.join(' '), name)),
    ...row(compressions.map(({ ending }) => ending).join(' '), 'compressed; after the others'),
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

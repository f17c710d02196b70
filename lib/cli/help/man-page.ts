import { commandManual } from './command-manual.js';
import { type Block, manual } from './manual.js';

/** What manual pages call these sections. */
const titles: Readonly<Record<string, string>> = {
  Usage: 'SYNOPSIS',
  Stages: 'DESCRIPTION',
  'Exit codes': 'EXIT STATUS',
};

/** The manual page, in the language of troff. */
export function manPage(version: string): string {
  const examples = Object.values(commandManual).flatMap(({ examples }) => examples);
  const sections = manual().map(({ title, blocks }) =>
    title === 'Examples' ? { title, blocks: [...blocks, { lines: examples }] } : { title, blocks },
  );
  return [
    `.TH SLUICE 1 "" "sluice ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    'sluice \\- data pipelines on the command line',
    ...sections.flatMap(({ title, blocks }) => [
      `.SH ${titles[title] ?? title.toUpperCase()}`,
      ...blocks.flatMap(lines),
    ]),
    '',
  ].join('\n');
}

function lines(block: Block): readonly string[] {
  if ('text' in block) return ['.PP', escaped(block.text)];
  if ('lines' in block) return ['.PP', '.nf', ...block.lines.map(escaped), '.fi'];
  return block.rows.flatMap(({ name, meaning }) => [
    '.TP',
    `\\fB${escaped(name.trim())}\\fR`,
    escaped(meaning),
  ]);
}

/** A hyphen as it is typed, and nothing that troff would take for a command of its own. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');

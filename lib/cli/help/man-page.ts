import { commandManual } from './command-manual.js';
import { type Block, manual } from './manual.js';

/** The names of these sections in manual pages. */
const titles: Readonly<Record<string, string>> = {
  Usage: 'SYNOPSIS',
  Stages: 'DESCRIPTION',
  'Exit codes': 'EXIT STATUS',
};

/** The manual page, in troff. */
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

/** Escapes hyphens, which troff would replace, and characters that would begin a command of troff. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&');

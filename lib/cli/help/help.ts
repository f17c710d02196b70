import type { Command } from '../flags/commands.js';
import { type Block, manual, manualOf, type Section } from './manual.js';

const WIDTH = 80;
const COLUMN = 24;

/** The help for a terminal: the whole help, or that of one command. */
export function help(command?: Command): string {
  const sections: readonly Section[] = command ? manualOf(command) : manual();
  return sections
    .map(({ title, blocks }) => `${title}\n${blocks.map(shown).join('\n')}`)
    .join('\n');
}

function shown(block: Block): string {
  const lines =
    'text' in block
      ? wrap(block.text, 2)
      : 'lines' in block
        ? block.lines.map((line) => `  ${line}`)
        : block.rows.flatMap(({ name, meaning }) => row(name, meaning));
  return lines.map((line) => `${line}\n`).join('');
}

/** A name, and its meaning in a column of its own. */
function row(name: string, meaning: string): string[] {
  const head = `  ${name}`;
  const lines = wrap(meaning, COLUMN);
  const [first = '', ...rest] = lines;
  return head.length < COLUMN - 1
    ? [head.padEnd(COLUMN) + first.slice(COLUMN), ...rest]
    : [head, ...lines];
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

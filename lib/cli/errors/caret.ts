import { fitText, textWidth } from '../../formats/text/text-width.js';
import { terminalTable } from './terminal-table.js';

const INDENT = '  ';

/**
 * The lines of a text up to the one with index `at`, and a caret under that index. A line that is wider than the
 * terminal is cut to the part around the index.
 */
export function caretBelow(text: string, at: number | undefined, width = stderrWidth()): string {
  // Leaves one column for a caret behind the last character.
  const room = width - INDENT.length - 1;
  const whole = (line: string): string => INDENT + fitText(line, room);
  if (at === undefined) return text.split('\n').map(whole).join('\n');
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const [line = ''] = text.slice(start).split('\n', 1);
  const { before, after } = around(line, at - start, room);
  const above = text.slice(0, start).split('\n').slice(0, -1).map(whole);
  return [...above, INDENT + before + after, `${INDENT}${blank(before)}^`].join('\n');
}

const stderrWidth = (): number => terminalTable(process.stderr).width ?? Number.POSITIVE_INFINITY;

/** Half of the room is for the text before the place, unless one side needs less. */
function around(line: string, at: number, room: number): { before: string; after: string } {
  const [before, after] = [line.slice(0, at), line.slice(at)];
  if (textWidth(line) <= room) return { before, after };
  const half = Math.ceil(room / 2);
  const left = Math.max(half, room - textWidth(after));
  const right = Math.max(room - half, room - textWidth(before));
  return { before: reversed(fitText(reversed(before), left)), after: fitText(after, right) };
}

const reversed = (text: string): string => [...text].reverse().join('');

/** Spaces as wide as a text. A tab stays a tab, so that the caret is in the right column. */
const blank = (text: string): string =>
  text
    .split('\t')
    .map((part) => ' '.repeat(textWidth(part)))
    .join('\t');

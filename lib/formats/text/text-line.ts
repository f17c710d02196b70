import { FormatError } from './format-error.js';
import { described } from './message-text.js';

/** The types that `formatLines` writes. */
export type Text = string | number | bigint | boolean;

/** An item as one line of text, which `lines` reads back unchanged. */
export function textLine(item: Text, index: number): string {
  const line = textOf(item, index);
  return line.includes('\n') || line.endsWith('\r') ? refuse(index) : line;
}

/** The same with another line end. */
export const textUntil =
  (lineEnd: string) =>
  (item: Text, index: number): string => {
    const line = textOf(item, index);
    return line.includes(lineEnd) ? refuse(index) : line;
  };

function refuse(index: number): never {
  throw new FormatError(
    index,
    'contains a line end, so it would be read back as other lines; replace it with map, or split with flatMap',
  );
}

function textOf(item: unknown, index: number): string {
  const type = typeof item;
  if (type === 'string') return item as string;
  if (type === 'number' || type === 'bigint' || type === 'boolean') return String(item);
  throw new FormatError(
    index,
    `is ${described(item)}, not a string or number; map it to the text you want`,
  );
}

import { fitText, textWidth } from '../text/text-width.js';

/** The cells of a row, as text. */
export type Cells = readonly string[];

export interface Column {
  readonly name: string;
  /** Whether the cells are aligned right, as numbers are. */
  readonly isRight: boolean;
  readonly width: number;
}

const GAP = 2;
/** The minimum width of a column. */
const MIN_WIDTH = 4;
const NUMBER = /^-?\d[\d.,_]*(?:e[+-]?\d+)?$/i;

/** Columns that are as wide as their names and cells. The widest are narrowed until all fit into `maxWidth`. */
export function layOut(names: Cells, rows: readonly Cells[], maxWidth: number): readonly Column[] {
  const widths = names.map((name, at) =>
    rows.reduce((width, cells) => Math.max(width, textWidth(cells[at] ?? '')), textWidth(name)),
  );
  let excess = widths.reduce((sum, width) => sum + width + GAP, -GAP) - maxWidth;
  while (excess > 0) {
    const widest = widths.reduce((most, width) => Math.max(most, width), 0);
    if (widest <= MIN_WIDTH) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return names.map((name, at) => {
    const filled = rows.map((cells) => cells[at] ?? '').filter((text) => text !== '');
    const isRight = filled.length > 0 && filled.every((text) => NUMBER.test(text));
    return { name, isRight, width: widths[at] as number };
  });
}

/** One line of the table, without spaces after the last cell. */
export function tableLine(cells: Cells, columns: readonly Column[]): string {
  return columns
    .map(({ width, isRight }, at) => {
      const text = fitText(cells[at] ?? '', width);
      const space = ' '.repeat(width - textWidth(text));
      return isRight ? space + text : text + space;
    })
    .join(' '.repeat(GAP))
    .trimEnd();
}

export const ruleLine = (columns: readonly Column[]): string =>
  columns.map(({ width }) => '─'.repeat(width)).join(' '.repeat(GAP));

import { validateCount, validateKnown } from '../core/base/validate.js';
import { validateBoolean } from '../formats/csv/options.js';
import { type Cells, type Column, ruleLine, tableLine } from '../formats/table/layout.js';
import { textWidth } from '../formats/text/text-width.js';
import type { RunStats, StageStats } from './measure/run-stats.js';
import { depths } from './show/depths.js';
import {
  readOf,
  type StatsSource,
  since as sinceThen,
  stageName,
  withBytes,
} from './show/stats-reads.js';
import { held, type TableFigure, tableFigures } from './show/table-figures.js';

/** Options of `statsTable`. */
export interface StatsTableOptions {
  /** How many columns of characters there are; an integer from 1. Default: as many as are needed. */
  readonly width?: number | undefined;
  /** How many stages are shown at most; an integer from 1. Default: all. */
  readonly rows?: number | undefined;
  /** Whether names of columns and the bottleneck are set off, as terminals do. Default false. */
  readonly color?: boolean | undefined;
  /** An earlier read of the same run: rates and percentages are of the time since then. Default: of all its time. */
  readonly since?: RunStats | undefined;
}

const GAP = 2;
/** As little room as a name may have. */
const LEAST = 14;
const MARK = '* ';

/**
 * What a run has done, as a table for people to read: for each stage items in and out (bytes of a stream of bytes), items
 * a second, how much of its time it was busy, starved (waited for input) and blocked (waited for whoever takes its
 * output), and, until the run has ended, how many items it holds. A `*` marks the bottleneck. Where it is narrow, columns
 * are left out rather than cut.
 *
 * @param run what `stats()` made, or a read of it.
 * @param options `width`: columns of characters, an integer from 1, default as many as are needed. `rows`: how many stages
 * at most, an integer from 1, default all. `color`: whether names of columns and the bottleneck are bold, default
 * `false`. `since`: an earlier read, for the rates since then.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * const run = stats();
 * await pipeline(range(0, 1000), map((x) => x + 1), toArray(), { stats: run });
 * const [head] = statsTable(run).split('\n');
 * head.split(/ +/) // ['stage', 'in', 'out', 'items/s', 'busy', 'starved', 'blocked']
 */
export function statsTable(run: StatsSource, options: StatsTableOptions = {}): string {
  validateKnown('statsTable', options, ['width', 'rows', 'color', 'since']);
  const { width = Number.POSITIVE_INFINITY, rows, color, since } = options;
  if (options.width !== undefined) validateCount('statsTable', 'width', width, 1);
  if (rows !== undefined) validateCount('statsTable', 'rows', rows, 1);
  validateBoolean('statsTable', 'color', color);
  const told = withBytes(readOf(run));
  const before = since && withBytes(since);
  const shown = chosen(told, rows ?? told.stages.length);
  const late = shown.map((stage) => sinceThen(stage, before));
  const cellsOf = ({ text }: TableFigure): Cells =>
    shown.map((stage, at) => text(stage, late[at] as StageStats));
  // What is over holds nothing.
  const layouts = tableFigures.filter((figures) => !(told.ended && figures.includes(held)));
  const columns = fitting(namesOf(shown, told), layouts, cellsOf, width);
  const bold = (line: string): string => (color ? `\x1b[1m${line}\x1b[22m` : line);
  const names = columns.map(({ name }) => name);
  const lines = shown.map(({ id }, at) => {
    const line = tableLine(
      columns.map(({ cells }) => cells[at] as string),
      columns,
    );
    return id === told.bottleneck ? bold(line) : line;
  });
  const left = told.stages.length - shown.length;
  const rest = left > 0 ? [`… ${left} more`] : [];
  return [...[tableLine(names, columns), ruleLine(columns)].map(bold), ...lines, ...rest]
    .map((each) => `${each}\n`)
    .join('');
}

/** The first stages, and the bottleneck, wherever it is. */
function chosen({ stages, bottleneck }: RunStats, most: number): readonly StageStats[] {
  const first = stages.slice(0, most);
  const isIn = bottleneck === undefined || bottleneck < most;
  return isIn ? first : [...first.slice(0, -1), stages[bottleneck] as StageStats];
}

function namesOf(shown: readonly StageStats[], { stages, bottleneck }: RunStats): Cells {
  const depth = depths(stages);
  return shown.map((stage) => {
    const mark = stage.id === bottleneck ? MARK : '';
    return '  '.repeat(depth[stage.id] as number) + mark + stageName(stage);
  });
}

interface Filled extends Column {
  readonly cells: Cells;
}

/** As many figures as leave room for names. */
function fitting(
  names: Cells,
  layouts: typeof tableFigures,
  cellsOf: (figure: TableFigure) => Cells,
  width: number,
): readonly Filled[] {
  const first = filled('stage', names, false);
  let figures: readonly Filled[] = [];
  for (const each of layouts) {
    figures = each.map((figure) => filled(figure.name, cellsOf(figure), true));
    if (widthOf(figures) + Math.min(first.width, LEAST) <= width) break;
  }
  const room = Math.max(width - widthOf(figures), 1);
  return [{ ...first, width: Math.min(first.width, room) }, ...figures];
}

const filled = (name: string, cells: Cells, isRight: boolean): Filled => ({
  name,
  cells,
  isRight,
  width: Math.max(...[name, ...cells].map(textWidth)),
});

const widthOf = (figures: readonly Filled[]): number =>
  figures.reduce((sum, { width }) => sum + width + GAP, 0);

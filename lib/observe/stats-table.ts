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
  /** How many characters wide the table may be; an integer from 1. Default: as many as are needed. */
  readonly width?: number | undefined;
  /** How many stages are shown at most; an integer from 1. Default: all. */
  readonly rows?: number | undefined;
  /** Whether the column names and the bottleneck are bold. Default false. */
  readonly color?: boolean | undefined;
  /** An earlier read of the same run: rates and percentages cover the time since then. Default: the whole time. */
  readonly since?: RunStats | undefined;
}

const GAP = 2;
/** The minimum width of the names. */
const MIN_NAME_WIDTH = 14;
const MARK = '* ';

/**
 * The statistics of a run as a table for people to read. Each stage has the items in and out (bytes for a stream of
 * bytes), the items per second, the shares of time in which it was busy, starved (waited for input) and blocked (waited
 * until its output was taken), and, until the run has ended, how many items it holds. A `*` marks the bottleneck.
 * Columns that do not fit are left out, not cut.
 *
 *
 * @param run the result of `stats()`, or what its `read()` returned.
 * @param options `width`: how many characters wide the table may be, an integer from 1, default as many as are needed.
 * `rows`: how many stages at most, an integer from 1, default all. `color`: whether the column names and the bottleneck
 * are bold, default `false`. `since`: an earlier read, for the rates since then.
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
  const current = withBytes(readOf(run));
  const before = since && withBytes(since);
  const shown = chosen(current, rows ?? current.stages.length);
  const late = shown.map((stage) => sinceThen(stage, before));
  const cellsOf = ({ text }: TableFigure): Cells =>
    shown.map((stage, at) => text(stage, late[at] as StageStats));
  // A run that has ended holds no items.
  const layouts = tableFigures.filter((figures) => !(current.ended && figures.includes(held)));
  const columns = fitting(namesOf(shown, current), layouts, cellsOf, width);
  const bold = (line: string): string => (color ? `\x1b[1m${line}\x1b[22m` : line);
  const names = columns.map(({ name }) => name);
  const lines = shown.map(({ id }, at) => {
    const line = tableLine(
      columns.map(({ cells }) => cells[at] as string),
      columns,
    );
    return id === current.bottleneck ? bold(line) : line;
  });
  const left = current.stages.length - shown.length;
  const rest = left > 0 ? [`… ${left} more`] : [];
  return [...[tableLine(names, columns), ruleLine(columns)].map(bold), ...lines, ...rest]
    .map((each) => `${each}\n`)
    .join('');
}

/** The first stages, and the bottleneck as the last one if it is not among them. */
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

/** As many columns as leave room for the names. */
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
    if (widthOf(figures) + Math.min(first.width, MIN_NAME_WIDTH) <= width) break;
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

import { inspect } from 'node:util';
import { printable } from '../text/message-text.js';
import { type Cells, type Column, layOut, ruleLine, tableLine } from './layout.js';

/** How a table is drawn. */
export interface TableWriting {
  /** How many characters wide the table may be; an integer from 1. Default: as many as are needed. */
  readonly width?: number | undefined;
  /** How many rows determine the column widths; an integer from 1. Default 1000. */
  readonly rows?: number | undefined;
  /** Whether the column names are bold. Default false. */
  readonly color?: boolean | undefined;
}

/** The names of these options. */
export const TABLE_WRITING = ['width', 'rows', 'color'] as const;

type Row = Readonly<Record<string, unknown>>;

/** The column name of items that are not objects. */
const VALUE = 'value';

/** Draws rows under their column names. A row with another column begins a new table. */
export class TableEncoder {
  readonly #width: number;
  readonly #maxHeld: number;
  readonly #color: boolean;
  #held: Row[] = [];
  #names = new Set<string>();
  #columns: readonly Column[] | undefined;
  #isFirst = true;

  constructor({ width = Number.POSITIVE_INFINITY, rows = 1000, color = false }: TableWriting) {
    this.#width = width;
    this.#maxHeld = rows;
    this.#color = color;
  }

  /** How many items are held. */
  get held(): number {
    return this.#held.length;
  }

  /** Adds an item, and returns the lines that can be written now. */
  add(item: unknown): string {
    const row = rowOf(item);
    if (this.#columns) {
      if (Object.keys(row).every((name) => this.#names.has(name))) return this.#line(row);
      this.#columns = undefined;
      this.#names = new Set();
    }
    for (const name of Object.keys(row)) this.#names.add(name);
    this.#held.push(row);
    return this.#held.length < this.#maxHeld ? '' : this.flush();
  }

  /** The lines of all held rows. These rows determine the column widths. */
  flush(): string {
    if (this.#held.length === 0) return '';
    const rows = this.#held;
    this.#held = [];
    const names = [...this.#names];
    const cells = rows.map((row) => cellsOf(row, names));
    const columns = layOut(names.map(shown), cells, this.#width);
    this.#columns = columns;
    const head = [tableLine(names.map(shown), columns), ruleLine(columns)];
    const lines = [
      ...head.map((line) => this.#bold(line)),
      ...cells.map((each) => tableLine(each, columns)),
    ];
    const gap = this.#isFirst ? '' : '\n';
    this.#isFirst = false;
    return `${gap}${lines.join('\n')}\n`;
  }

  #line(row: Row): string {
    const columns = this.#columns as readonly Column[];
    return `${tableLine(cellsOf(row, [...this.#names]), columns)}\n`;
  }

  #bold(line: string): string {
    return this.#color ? `\x1b[1m${line}\x1b[22m` : line;
  }
}

/** The elements of an array are named by their position, counted from 1. */
function rowOf(item: unknown): Row {
  if (Array.isArray(item)) return Object.fromEntries(item.map((value, at) => [`${at + 1}`, value]));
  const isRecord = typeof item === 'object' && item !== null && !(item instanceof Date);
  return isRecord ? (item as Row) : { [VALUE]: item };
}

const cellsOf = (row: Row, names: readonly string[]): Cells =>
  names.map((name) => (Object.hasOwn(row, name) ? shown(row[name]) : ''));

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return printable(typeof value === 'object' ? compact(value) : String(value));
}

/** JSON; for values that JSON cannot represent, what `inspect` writes. */
function compact(value: object): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
  }
}

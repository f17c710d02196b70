import { validateOneOf } from '../../core/base/validate.js';
import { FormatError } from '../text/format-error.js';
import { type CsvSyntax, csvLine, fieldText, requireRow } from './line.js';
import { validateBoolean, validateDelimiter, validateNames } from './options.js';

/** How items are written as rows. */
export interface CsvWriting {
  /** The character between fields. */
  readonly delimiter?: string | undefined;
  /** Whether fields that need it are put in double quotes. False: such a field is an error. Default true. */
  readonly quotes?: boolean | undefined;
  /**
   * True: the columns are the properties of the first object, and their names are the first row. An array of names: the
   * columns and the first row. False: no header row. Arrays have a header row only if names are given. Default true.
   */
  readonly header?: boolean | readonly string[] | undefined;
  /** The rows follow rows that have a header already: no header row is written. Default false. */
  readonly continues?: boolean | undefined;
  /** The line end of each row. Default `\n`. */
  readonly lineEnd?: '\n' | '\r\n' | undefined;
}

/** The names of these options. */
export const CSV_WRITING = ['delimiter', 'quotes', 'header', 'continues', 'lineEnd'] as const;

/** Turns items into rows of text. */
export class CsvEncoder {
  readonly #syntax: CsvSyntax;
  readonly #lineEnd: string;
  readonly #writesHeader: boolean;
  #names: readonly string[] | undefined;
  #known: ReadonlySet<string> = new Set();
  #isFirst = true;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT: an option is out of range. The message begins with `who`. */
  constructor(who: string, options: CsvWriting = {}) {
    const { delimiter = ',', quotes = true, header = true, lineEnd = '\n' } = options;
    const { continues = false } = options;
    validateDelimiter(who, delimiter);
    validateBoolean(who, 'quotes', quotes);
    if (Array.isArray(header)) validateNames(who, header);
    else validateBoolean(who, 'header', header, ' or an array of names');
    validateBoolean(who, 'continues', continues);
    validateOneOf(who, 'lineEnd', lineEnd, ['\n', '\r\n']);
    this.#syntax = { delimiter, quotes };
    this.#lineEnd = lineEnd;
    this.#writesHeader = header !== false && !continues;
    if (typeof header === 'object') this.#setNames(header);
  }

  get lineEnd(): string {
    return this.#lineEnd;
  }

  /** The row of an item without its line end. The first row comes with the header row before it. */
  line(item: unknown, index: number): string {
    const row = requireRow(item, index);
    const isArray = Array.isArray(row);
    if (this.#isFirst && !isArray && !this.#names) this.#setNames(Object.keys(row));
    const values = isArray ? row : this.#valuesOf(row as Readonly<Record<string, unknown>>, index);
    if (values.length === 0) throw new FormatError(index, 'has no fields, so it makes no row');
    const line = csvLine(
      values.map((value) => fieldText(value, index)),
      this.#syntax,
      index,
    );
    const header = this.header();
    return header === undefined ? line : header + this.#lineEnd + line;
  }

  /** The header row, if the column names are known and it is not written yet. */
  header(): string | undefined {
    const names = this.#isFirst && this.#writesHeader ? this.#names : undefined;
    this.#isFirst = false;
    return names && csvLine(names, this.#syntax, 0);
  }

  #setNames(names: readonly string[]): void {
    this.#names = names;
    this.#known = new Set(names);
  }

  #valuesOf(row: Readonly<Record<string, unknown>>, index: number): readonly unknown[] {
    const names = this.#names;
    if (!names) {
      throw new FormatError(
        index,
        'is an object, after arrays; give the names of its columns as the header',
      );
    }
    for (const name in row) {
      if (Object.hasOwn(row, name) && !this.#known.has(name)) {
        throw new FormatError(
          index,
          `has ${JSON.stringify(name)}, which is not a column; give all items the same properties, or all columns as the header`,
        );
      }
    }
    return names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined));
  }
}

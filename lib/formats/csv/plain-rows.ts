import { CR, LF } from '../text/line-block.js';
import type { CsvSyntax } from './records.js';

const QUOTE = 0x22;

/**
 * The complete rows of a text. `end`: where a row with open quotes begins, or the length of the text if there is none.
 */
export interface PlainRows {
  readonly rows: readonly (readonly string[])[];
  readonly end: number;
}

/**
 * Reads well-formed rows, about ten times faster than csv-parse. Blank lines are skipped. Undefined when quotes are
 * malformed or a `\r` ends the text: then the caller uses csv-parse.
 */
export function plainRows(text: string, syntax: CsvSyntax): PlainRows | undefined {
  if (text.charCodeAt(text.length - 1) === CR) return undefined;
  const reader = new RowReader(text, syntax);
  const rows: string[][] = [];
  while (reader.at < text.length) {
    const start = reader.at;
    const row = reader.read();
    if (!row) return reader.isOpen ? { rows, end: start } : undefined;
    const isBlank = row.length === 1 && row[0] === '' && text.charCodeAt(start) !== QUOTE;
    if (!isBlank) rows.push(row);
  }
  return { rows, end: text.length };
}

class RowReader {
  /** The index at which the next row or field begins. */
  at = 0;
  /** The quotes of the latest row are open. */
  isOpen = false;
  readonly #text: string;
  readonly #separator: number;
  readonly #quotes: boolean;

  constructor(text: string, { delimiter, quotes }: CsvSyntax) {
    this.#text = text;
    this.#separator = delimiter.charCodeAt(0);
    this.#quotes = quotes;
  }

  /** Undefined for a row that is malformed or whose quotes are open. */
  read(): string[] | undefined {
    const row: string[] = [];
    do {
      const isQuoted = this.#quotes && this.#text.charCodeAt(this.at) === QUOTE;
      const field = isQuoted ? this.#quoted() : this.#bare();
      if (field === undefined) return undefined;
      row.push(field);
    } while (this.#passes(this.#separator));
    return this.at >= this.#text.length || this.#passes(LF) ? row : undefined;
  }

  #passes(code: number): boolean {
    const found = this.#text.charCodeAt(this.at) === code;
    if (found) this.at += 1;
    return found;
  }

  #quoted(): string | undefined {
    const text = this.#text;
    const start = this.at + 1;
    let end = text.indexOf('"', start);
    // A doubled quote is part of the field.
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) end = text.indexOf('"', end + 2);
    this.isOpen = end < 0;
    if (this.isOpen) return undefined;
    this.at = end + 1;
    if (text.charCodeAt(this.at) === CR && text.charCodeAt(this.at + 1) === LF) this.at += 1;
    const field = text.slice(start, end);
    return field.includes('"') ? field.replaceAll('""', '"') : field;
  }

  #bare(): string {
    const text = this.#text;
    const separator = this.#separator;
    const start = this.at;
    let end = start;
    let code = text.charCodeAt(end);
    while (code !== separator && code !== LF && end < text.length) {
      end += 1;
      code = text.charCodeAt(end);
    }
    this.at = end;
    const endsWithReturn = code === LF && end > start && text.charCodeAt(end - 1) === CR;
    return text.slice(start, endsWithReturn ? end - 1 : end);
  }
}

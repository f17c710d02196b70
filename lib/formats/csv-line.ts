import type { Options } from 'csv-stringify';
import { FormatError } from './format-error.js';
import { loadPackage } from './load-package.js';
import { ndjsonLine } from './ndjson-line.js';

const LINE_END = /[\r\n]/;

type Stringify = (rows: readonly (readonly string[])[], options: Options) => string;

let stringify: Stringify | undefined;

/** How rows of fields are written. */
export interface CsvSyntax {
  readonly delimiter: string;
  readonly quotes: boolean;
}

type Row = Readonly<Record<string, unknown>> | readonly unknown[];

/** What an item is to become: its values, or by their names. */
export function requireRow(item: unknown, index: number): Row {
  if (typeof item === 'object' && item !== null && !(item instanceof Date)) return item as Row;
  throw new FormatError(
    index,
    `is ${item === null ? 'null' : typeof item}, not an object or array; map it to one, such as { value }`,
  );
}

/** The text of one value: an object or array within a row as JSON, what is missing as nothing. */
export function fieldText(value: unknown, index: number): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return '';
    default:
      return value === null ? '' : objectText(value, index);
  }
}

function objectText(value: unknown, index: number): string {
  return value instanceof Date ? value.toISOString() : ndjsonLine(value, index);
}

/** A row without its line end; fields that need quotes have them. */
export function csvLine(fields: readonly string[], syntax: CsvSyntax, index: number): string {
  const { delimiter, quotes } = syntax;
  if (!quotes) return unquoted(fields, delimiter, index);
  stringify ??= (loadPackage('csv-stringify/sync') as { stringify: Stringify }).stringify;
  // An empty line would be no row.
  return stringify([fields], { delimiter, eof: false }) || '""';
}

function unquoted(fields: readonly string[], delimiter: string, index: number): string {
  const line = fields.join(delimiter);
  const breaks = (text: string): boolean => text.includes(delimiter) || LINE_END.test(text);
  if (line !== '' && !fields.some(breaks)) return line;
  const what = line === '' ? 'is one empty field' : 'contains a delimiter or a line end';
  throw new FormatError(index, `${what}, and quotes are switched off; replace it with map`);
}

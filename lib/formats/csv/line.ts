import { ndjsonLine } from '../json/ndjson-line.js';
import { FormatError } from '../text/format-error.js';
import { described } from '../text/message-text.js';

const LINE_END = /[\r\n]/;

/** The syntax of rows. */
export interface CsvSyntax {
  readonly delimiter: string;
  readonly quotes: boolean;
}

type Row = Readonly<Record<string, unknown>> | readonly unknown[];

/** Checks that an item can be a row: an array of values, or an object with values by column name. */
export function requireRow(item: unknown, index: number): Row {
  if (typeof item === 'object' && item !== null && !(item instanceof Date)) return item as Row;
  throw new FormatError(
    index,
    `is ${described(item)}, not an object or array; map it to one, such as { value }`,
  );
}

/** The text of one value. Objects and arrays become JSON; `undefined` and `null` become an empty text. */
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

/** A row without its line end. Fields that need quotes get them. */
export function csvLine(fields: readonly string[], syntax: CsvSyntax, index: number): string {
  const { delimiter, quotes } = syntax;
  const line = fields.join(delimiter);
  const isPlain = !LINE_END.test(line) && !fields.some((field) => field.includes(delimiter));
  if (quotes && (!isPlain || line.includes('"')))
    return fields.map((field) => quoted(field, delimiter)).join(delimiter);
  if (isPlain && line !== '') return line;
  // Readers skip an empty line, so a row of one empty field needs quotes.
  if (quotes) return '""';
  const what = isPlain ? 'is one empty field' : 'contains a delimiter or a line end';
  throw new FormatError(index, `${what}, and quotes are switched off; replace it with map`);
}

function quoted(field: string, delimiter: string): string {
  const isPlain = !field.includes('"') && !field.includes(delimiter) && !LINE_END.test(field);
  return isPlain ? field : `"${field.replaceAll('"', '""')}"`;
}

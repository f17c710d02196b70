import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { coalesceRows } from './csv/coalesce-rows.js';
import { CSV_WRITING, CsvEncoder, type CsvWriting } from './csv/encoder.js';

/** Options of `formatCsv` and `formatTsv`. */
export interface FormatCsvOptions extends NameOptions, CsvWriting {}

/**
 * Items as rows of CSV, in chunks of UTF-8. The properties of an object become fields, and their names become the first
 * row; an array is a row as it is. Fields are quoted where needed. `undefined` and `null` become empty fields, dates
 * ISO 8601, objects and arrays inside a row JSON.
 *
 * Emits: a chunk of whole rows once about 64 KiB are held, and everything held whenever the input is idle.
 * Holds: about 64 KiB.   Ends: with its input, after a last chunk if anything is held; without items, after the header
 * row if `header` gives names.
 * Fails: with a `FormatError` when an item is not an object or array, has no fields, or has a property that is not a
 * column.
 *
 * @param options `delimiter`: one character, default `,`. `header`: `true`, `false` or names, default `true`.
 * `quotes`: default `true`. `continues`: default `false`. `lineEnd`: `\n` or `\r\n`, default `\n`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * const [chunk] = await pipeline([{ a: 1, b: 'x, y' }, { b: 'z' }], formatCsv(), toArray());
 * String(chunk) // 'a,b\n1,"x, y"\n,z\n'
 */
export function formatCsv(options: FormatCsvOptions = {}): Stage<object, Buffer> {
  validateOptions('formatCsv', options, CSV_WRITING);
  return stage<object, Buffer>(
    'formatCsv',
    coalesceRows(new CsvEncoder('formatCsv', options)),
    options,
  );
}

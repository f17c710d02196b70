import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import type { Replaced } from '../streams/types.js';
import type { CsvItem, PlainCsv } from './csv/csv-item.js';
import { CsvDecoder } from './csv/decoder.js';
import { CSV_READING, type CsvReading } from './csv/options.js';
import type { ParseCsvOptions } from './parse-csv.js';
import { type ParserOptions, parser } from './text/parser.js';

/**
 * An object for each row with tabs between the fields: `parseCsv` with `delimiter: '\t'`. With `quotes: false`, quotes
 * are ordinary characters, as in the files that databases write.
 *
 * Emits: each item when it is pulled, so the items before a bad row are emitted first.
 * Holds: the bytes of an unfinished row, at most `maxLineBytes`.
 * Ends: with its input; the last row may have no line end.   Fails: as `parseCsv` does.
 *
 * @typeParam T the type of the items, which is not checked. Default: what `header` and `types` make of a row, and what
 * `onError` answers.
 * @param options those of `parseCsv`; `delimiter`: default a tab.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['a\tb\n1\t2,3\n'], parseTsv(), toArray()) // [{ a: '1', b: '2,3' }]
 */
export function parseTsv<T = never, const O extends ParseCsvOptions<unknown> = PlainCsv, R = T>(
  options?: (O | CsvReading) & ParserOptions<R>,
): Stage<Uint8Array | string, CsvItem<T, O> | Replaced<R>>;
export function parseTsv(
  options: ParseCsvOptions<unknown> = {},
): Stage<Uint8Array | string, unknown> {
  validateOptions('parseTsv', options, [...CSV_READING, 'onError']);
  return parser('parseTsv', new CsvDecoder('parseTsv', { delimiter: '\t', ...options }), options);
}

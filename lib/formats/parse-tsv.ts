import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { CsvDecoder } from './csv/decoder.js';
import { CSV_READING } from './csv/options.js';
import type { ParseCsvOptions } from './parse-csv.js';
import { parser } from './text/parser.js';

/**
 * An object for each row with tabs between the fields: `parseCsv` with `delimiter: '\t'`. With `quotes: false`, quotes
 * are ordinary characters, as in the files that databases write.
 *
 * Emits: each item when it is pulled, so the items before a bad row are emitted first.
 * Holds: the bytes of an unfinished row, at most `maxLineBytes`.
 * Ends: with its input; the last row may have no line end.   Fails: as `parseCsv` does.
 *
 *
 * @typeParam T the type of the items, which is not checked.
 * @param options those of `parseCsv`; `delimiter`: default a tab.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['a\tb\n1\t2,3\n'], parseTsv(), toArray()) // [{ a: '1', b: '2,3' }]
 */
export function parseTsv<T = Record<string, string>>(
  options: ParseCsvOptions<T> = {},
): Stage<Uint8Array | string, T> {
  validateOptions('parseTsv', options, [...CSV_READING, 'onError']);
  return parser<T>(
    'parseTsv',
    new CsvDecoder('parseTsv', { delimiter: '\t', ...options }),
    options,
  );
}

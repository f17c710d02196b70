import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { CsvDecoder } from './csv/decoder.js';
import { CSV_READING } from './csv/options.js';
import type { ParseCsvOptions } from './parse-csv.js';
import { parser } from './text/parser.js';

/**
 * An object for each row of fields with tabs between them: `parseCsv` with `delimiter: '\t'`. Where quotes are characters
 * like any other, as in what databases write, read with `quotes: false`.
 *
 * Emits: each item when it is asked for, so the items before a bad row come out first.
 * Holds: the bytes of a row that has not ended, at most `maxLineBytes`.
 * Ends: with its input; a last row may lack its line end.   Fails: as `parseCsv` does.
 *
 * @typeParam T what the caller knows the items to be; nothing checks it.
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

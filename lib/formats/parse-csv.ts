import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { CsvDecoder } from './csv/decoder.js';
import { CSV_READING, type CsvReading } from './csv/options.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `parseCsv` and `parseTsv`. */
export interface ParseCsvOptions<T = Record<string, string>> extends ParserOptions<T>, CsvReading {}

/**
 * An object for each row of CSV, named by the first row; arrays without a header. Fields may stand in double quotes, and
 * then hold delimiters, line ends and doubled quotes. Blank lines are skipped. Lines are those of `lines`: `\n` and `\r\n`
 * end them, the bytes may be split anywhere, a byte order mark at the very start is dropped.
 *
 * Emits: each item when it is asked for, so the items before a bad row come out first.
 * Holds: the bytes of a row that has not ended, at most `maxLineBytes`.
 * Ends: with its input; a last row may lack its line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: quotes make no sense, a row has more or fewer fields
 * than there are columns (`ragged`), a function of `types` throws, a row is too long, or is invalid UTF-8.
 *
 * @typeParam T what the caller knows the items to be; nothing checks it.
 * @param options `delimiter`: one character, default `,`. `header`: `true`, `false` or names, default `true`. `ragged`:
 * `fail` or `fit`, default `fail`. `types`: `false`, `true` or an object of functions by column, default `false`; `true` makes booleans, and
 * numbers where they would be written back the same.
 * `quotes`: default `true`. `maxLineBytes`: an integer from 1, default 64 Mi. `invalidUtf8`: `fail` or `replace`,
 * default `fail`. `onError` says what becomes of a row that is bad (one of invalid UTF-8 it gets with U+FFFD); a line that is
 * too long fails the run in any case, as does a header that is bad.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['a,b\n1,"x, ', '""y"""\n'], parseCsv(), toArray()) // [{ a: '1', b: 'x, "y"' }]
 * await pipeline(['1,007\n'], parseCsv({ header: false, types: true }), toArray()) // [[1, '007']]
 */
export function parseCsv<T = Record<string, string>>(
  options: ParseCsvOptions<T> = {},
): Stage<Uint8Array | string, T> {
  validateOptions('parseCsv', options, [...CSV_READING, 'onError']);
  return parser<T>('parseCsv', new CsvDecoder('parseCsv', options), options);
}

import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import type { Replaced } from '../streams/types.js';
import type { CsvItem, PlainCsv } from './csv/csv-item.js';
import { CsvDecoder } from './csv/decoder.js';
import { CSV_READING, type CsvReading } from './csv/options.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `parseCsv` and `parseTsv`. */
export interface ParseCsvOptions<T = Record<string, string>> extends ParserOptions<T>, CsvReading {}

/**
 * An object for each row of CSV, with the names of the first row; an array without a header. Fields may be in double
 * quotes, and then contain delimiters, line ends and doubled quotes. Blank lines are skipped. Lines are those of
 * `lines`: `\n` and `\r\n` end them, bytes may be split anywhere, and a byte order mark at the very start is dropped.
 *
 * Emits: each item when it is pulled, so the items before a bad row are emitted first.
 * Holds: the bytes of an unfinished row, at most `maxLineBytes`.
 * Ends: with its input; the last row may have no line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: quotes are malformed, a row has more or fewer fields
 * than there are columns (see `ragged`), a function of `types` throws, a row is too long or invalid UTF-8.
 *
 * @typeParam T the type of the items, which is not checked. Default: what `header` and `types` make of a row, and what
 * `onError` answers.
 * @param options `delimiter`: one character, default `,`. `header`: `true`, `false` or names, default `true`. `ragged`:
 * `fail` or `fit`, default `fail`. `types`: `false`, `true` or an object of functions by column, default `false`;
 * `true` makes booleans and numbers of fields that are written back as the same text. `quotes`: default `true`.
 * `maxLineBytes`: an integer from 1, default 64 Mi. `invalidUtf8`: `fail` or `replace`, default `fail`. `onError`: what
 * happens to a bad row (a row of invalid UTF-8 is passed with U+FFFD); a line that is too long or a bad header fails
 * the run in any case.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['a,b\n1,"x, ', '""y"""\n'], parseCsv(), toArray()) // [{ a: '1', b: 'x, "y"' }]
 * await pipeline(['1,007\n'], parseCsv({ header: false, types: true }), toArray()) // [[1, '007']]
 */
export function parseCsv<T = never, const O extends ParseCsvOptions<unknown> = PlainCsv, R = T>(
  options?: (O | CsvReading) & ParserOptions<R>,
): Stage<Uint8Array | string, CsvItem<T, O> | Replaced<R>>;
export function parseCsv(
  options: ParseCsvOptions<unknown> = {},
): Stage<Uint8Array | string, unknown> {
  validateOptions('parseCsv', options, [...CSV_READING, 'onError']);
  return parser('parseCsv', new CsvDecoder('parseCsv', options), options);
}

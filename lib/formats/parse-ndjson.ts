import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { NdjsonDecoder } from './json/ndjson-decoder.js';
import { TEXT, type TextOptions } from './text/line-decoder.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `parseNdjson`. */
export interface ParseNdjsonOptions<T = unknown> extends ParserOptions<T>, TextOptions {}

/**
 * The JSON value of each line; blank lines are skipped. Lines are those of `lines`: `\n` and `\r\n` end them, bytes may
 * be split anywhere, and a byte order mark at the very start is dropped.
 *
 * Emits: each value when it is pulled, so the values before a bad line are emitted first.
 * Holds: the bytes of an unfinished line, at most `maxLineBytes`.
 * Ends: with its input; the last line may have no line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: a line is not valid JSON, is `null` (which cannot be
 * an item of a Node stream), is too long, or is invalid UTF-8.
 *
 *
 * @typeParam T the type of the values, which is not checked.
 * @param options `onError`: what happens to a line that is not valid JSON, is `null`, or is invalid UTF-8 (passed with
 * U+FFFD); a line that is too long fails the run in any case. `maxLineBytes`: an integer from 1, default 64 Mi.
 * `invalidUtf8`: `fail` or `replace`, default `fail`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['{"a":1}\n{"a', '":2}'], parseNdjson(), toArray()) // [{ a: 1 }, { a: 2 }]
 */
export function parseNdjson<T = unknown>(
  options: ParseNdjsonOptions<T> = {},
): Stage<Uint8Array | string, T> {
  validateOptions('parseNdjson', options, [...TEXT, 'onError']);
  return parser<T>('parseNdjson', new NdjsonDecoder('parseNdjson', options), options);
}

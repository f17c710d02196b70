import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { JSON_READING, JsonDecoder, type JsonReading } from './json/decoder.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `parseJson`. */
export interface ParseJsonOptions<T = unknown> extends ParserOptions<T>, JsonReading {}

/**
 * The elements of a JSON array, or of an array inside a document, without the whole document in memory. Bytes may be
 * split anywhere, a byte order mark at the very start is dropped, and several documents may follow one another.
 *
 * Emits: each item once it has ended, so the items before invalid JSON are emitted first.
 * Holds: an unfinished item, at most `maxItemBytes` and a piece of 64 KiB; of skipped values, at most one string.
 * Ends: with its input.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: an item is `null` (which cannot be an item of a Node
 * stream) or is too long; a document is not valid JSON or UTF-8, or does not contain the path.
 *
 *
 * @typeParam T the type of the items, which is not checked.
 * @param options `path`: where the items are, such as `data.items`; `*` matches any name; an array at the path gives
 * its elements, any other value is one item; default the whole document. `maxItemBytes`: an integer from 1, default 64
 * Mi; the piece of at most 64 KiB in which an item begins does not count. `invalidUtf8`: `fail` or `replace`, default
 * `fail`; with `replace`, `byte` counts three for each U+FFFD. `onError`: what happens to an item that is `null`;
 * invalid JSON or UTF-8 fails the run in any case, because nothing after it can be parsed.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['[1, {"a":', '2}]'], parseJson(), toArray()) // [1, { a: 2 }]
 * await pipeline(['{"n":2,"data":{"items":[1,2]}}'], parseJson({ path: 'data.items' }), toArray()) // [1, 2]
 */
export function parseJson<T = unknown>(
  options: ParseJsonOptions<T> = {},
): Stage<Uint8Array | string, T> {
  validateOptions('parseJson', options, [...JSON_READING, 'onError']);
  return parser<T>('parseJson', new JsonDecoder('parseJson', options), options);
}

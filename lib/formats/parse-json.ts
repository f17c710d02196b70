import { validateOptions } from '../core/base/validate.js';
import type { Stage } from '../streams/stage.js';
import { JSON_READING, JsonDecoder, type JsonReading } from './json/decoder.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `parseJson`. */
export interface ParseJsonOptions<T = unknown> extends ParserOptions<T>, JsonReading {}

/**
 * The elements of a JSON array, or of one inside a document, without reading the whole of it into memory. The bytes may be
 * split anywhere, a byte order mark at the very start is dropped, several documents may follow each other.
 *
 * Emits: each item once it has ended, so the items before what is bad come out first.
 * Holds: an item that has not ended, of `maxItemBytes` and a piece of 64 KiB at most; of what is skipped, one string.
 * Ends: with its input.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: an item is `null` (which can't be an item of a Node
 * stream), or is too long; a document is no JSON, is invalid UTF-8, or has no such path.
 *
 * @typeParam T what the caller knows the items to be; nothing checks it.
 * @param options `path`: where the items are, such as `data.items`, in which `*` stands for any name; an array there gives
 * its elements, anything else is one item; default the whole document. `maxItemBytes`: an integer from 1, default 64 Mi; the
 * piece of at most 64 KiB in which an item begins does not count. `invalidUtf8`: `fail` or `replace`, default `fail`; then
 * `byte` counts three for each U+FFFD. `onError` says what becomes of an item that is `null`; behind what is no JSON, or
 * invalid UTF-8, nothing can be told from anything else, so it fails the run in any case.
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

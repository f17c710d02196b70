import { requireOptions } from '../core/require.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { TEXT, type TextOptions } from './line-decoder.js';
import { NdjsonDecoder } from './ndjson-decoder.js';

/** Options of `parseNdjson`. */
export interface ParseNdjsonOptions extends NameOptions, TextOptions {}

/**
 * The JSON value of each line; blank lines are skipped. Lines are those of `lines`: `\n` and `\r\n` end them, the bytes
 * may be split anywhere, a byte order mark at the very start is dropped.
 *
 * Emits: each value when it is asked for, so the values before a bad line come out first.
 * Holds: the bytes of a line that has not ended, at most `maxLineBytes`.
 * Ends: with its input; a last line may lack its line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`: a line is no JSON, is `null` (which can't be an item
 * of a Node stream), is too long, or is invalid UTF-8.
 *
 * @typeParam T what the caller knows the values to be; nothing checks it.
 * @param options `maxLineBytes`: an integer from 1, default 64 Mi. `invalidUtf8`: `fail` or `replace`, default `fail`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['{"a":1}\n{"a', '":2}'], parseNdjson(), toArray()) // [{ a: 1 }, { a: 2 }]
 */
export function parseNdjson<T = unknown>(
  options: ParseNdjsonOptions = {},
): Stage<Uint8Array | string, T> {
  requireOptions('parseNdjson', options, TEXT);
  const decoder = new NdjsonDecoder('parseNdjson', options);
  return stage<Uint8Array | string, T>(
    'parseNdjson',
    {
      expand: (chunk) => decoder.write(chunk) as Iterable<T>,
      end: (cut) => (cut ? [] : (decoder.end() as Iterable<T>)),
      held: () => decoder.chunks,
    },
    options,
  );
}

import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import { withLatestLine } from './text/latest-line.js';
import type { LineBlock } from './text/line-block.js';
import { LineDecoder, TEXT, type TextOptions } from './text/line-decoder.js';
import { validateLineEnd } from './text/line-end.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `lines`. */
export interface LinesOptions extends ParserOptions<string>, TextOptions {
  /** The ASCII character that ends a line. Default `\n`, with or without a `\r` before it. */
  readonly lineEnd?: string | undefined;
}

/**
 * The lines of a text, without their line ends: `\n` and `\r\n` end a line, a `\r` alone does not. Bytes of UTF-8 may
 * be split anywhere; strings are read as text. A byte order mark at the very start is dropped.
 *
 * Emits: each line once its end has arrived.   Holds: the bytes of an unfinished line, at most `maxLineBytes`.
 * Ends: with its input; the last line may have no line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`, after the lines before it: a line is too long (known
 * before its end), or is invalid UTF-8 (in strings: has a lone surrogate).
 *
 * @param options `onError`: what happens to a line of invalid UTF-8, which is passed with U+FFFD; a line that is too
 * long fails the run in any case. `lineEnd`: another ASCII character that ends a line, such as `\0`. `maxLineBytes`: an
 * integer from 1, default 64 Mi. `invalidUtf8`: `fail` or `replace` (with U+FFFD), default `fail`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: an option is out of range.
 * @example
 * await pipeline(['one\ntw', 'o\r\nthree'], lines(), toArray()) // ['one', 'two', 'three']
 * await pipeline(['a\nb\0', 'c\0'], lines({ lineEnd: '\0' }), toArray()) // ['a\nb', 'c']
 */
export function lines(options: LinesOptions = {}): Stage<Uint8Array | string, string> {
  validateOptions('lines', options, [...TEXT, 'lineEnd', 'onError']);
  const { lineEnd = '\n', onError } = options;
  validateLineEnd('lines', lineEnd);
  const decoder = new LineDecoder('lines', options, lineEnd.charCodeAt(0));
  if (onError !== undefined) return parser('lines', decoder, options);
  // Without `onError`, the lines of a chunk are passed on as one array, without a check of each line.
  const made = stage<Uint8Array | string, string>(
    'lines',
    {
      expand: (chunk) => linesOf(decoder.write(chunk)),
      end: (cut) => (cut ? [] : linesOf(decoder.end())),
      held: () => decoder.chunks,
    },
    options,
  );
  return lineEnd === '\n' ? withLatestLine(made, (before) => before + 1) : made;
}

/** A chunk nearly always gives one block. Its array is faster to iterate than a generator. */
function linesOf(blocks: Iterable<LineBlock>): Iterable<string> {
  const [only, ...others] = Array.isArray(blocks) ? (blocks as LineBlock[]) : [];
  return only && !only.fault && others.length === 0 ? only.lines : flatten(blocks);
}

function* flatten(blocks: Iterable<LineBlock>): Generator<string> {
  for (const { fault, lines } of blocks) {
    if (fault) throw fault;
    yield* lines;
  }
}

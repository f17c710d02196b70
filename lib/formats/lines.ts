import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import { tellsLine } from './text/latest-line.js';
import type { LineBlock } from './text/line-block.js';
import { LineDecoder, TEXT, type TextOptions } from './text/line-decoder.js';
import { validateLineEnd } from './text/line-end.js';
import { type ParserOptions, parser } from './text/parser.js';

/** Options of `lines`. */
export interface LinesOptions extends ParserOptions<string>, TextOptions {
  /** The character that ends a line, one of ASCII. Default `\n`, before which a `\r` may stand. */
  readonly lineEnd?: string | undefined;
}

/**
 * The lines of a text, without their line ends: `\n` and `\r\n` end a line, a `\r` alone does not. The bytes of UTF-8
 * may be split anywhere; strings are taken as text. A byte order mark at the very start is dropped.
 *
 * Emits: each line once its end has come.   Holds: the bytes of a line that has not ended, at most `maxLineBytes`.
 * Ends: with its input; a last line may lack its line end.
 * Fails: with a `ParseError` that has `line`, `column` and `byte`, after the lines before it: a line is too long, as
 * soon as it is, or is invalid UTF-8 (half a surrogate pair, in strings).
 *
 * @param options `onError` says what becomes of a line that is invalid UTF-8, which it gets with U+FFFD; one that is too
 * long fails the run in any case. `lineEnd`: another character that ends a line, such as `\0`. `maxLineBytes`: an
 * integer from 1, default 64 Mi. `invalidUtf8`: `fail` or `replace` by U+FFFD, default `fail`.
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
  // Where nobody asks what is wrong with one, the lines of a chunk are handed on as the array that they are.
  const made = stage<Uint8Array | string, string>(
    'lines',
    {
      expand: (chunk) => linesOf(decoder.write(chunk)),
      end: (cut) => (cut ? [] : linesOf(decoder.end())),
      held: () => decoder.chunks,
    },
    options,
  );
  return lineEnd === '\n' ? tellsLine(made, (before) => before + 1) : made;
}

/** Nearly always one block comes of a chunk: its array is what costs least to walk. */
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

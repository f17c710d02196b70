import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { coalesce } from './text/coalesce.js';
import { validateLineEnd } from './text/line-end.js';
import { type Text, textLine, textUntil } from './text/text-line.js';

/** Options of `formatLines`. */
export interface FormatLinesOptions extends NameOptions {
  /** The ASCII character that ends a line. Default `\n`. */
  readonly lineEnd?: string | undefined;
}

/**
 * Items as lines of text, in chunks of UTF-8: strings as they are; numbers, bigints and booleans as `String` writes
 * them. A lone surrogate becomes U+FFFD, as in everything that Node writes.
 *
 * Emits: a chunk of whole lines once about 64 KiB are held, and everything held whenever the input is idle.
 * Holds: about 64 KiB.   Ends: with its input, after a last chunk if anything is held.
 * Fails: with a `FormatError` when an item is of another type, or is a string that `lines` would not read back as one
 * line: it contains `\n` or ends with `\r`.
 *
 * @param options `lineEnd`: another ASCII character that ends a line, such as `\0`; default `\n`.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `lineEnd` is not one ASCII character.
 * @example
 * const [chunk] = await pipeline(['one', 2], formatLines(), toArray());
 * String(chunk) // 'one\n2\n'
 */
export function formatLines(options: FormatLinesOptions = {}): Stage<Text, Buffer> {
  validateOptions('formatLines', options, ['lineEnd']);
  const { lineEnd = '\n' } = options;
  validateLineEnd('formatLines', lineEnd);
  const toLine = lineEnd === '\n' ? textLine : textUntil(lineEnd);
  return stage<Text, Buffer>('formatLines', coalesce(toLine, lineEnd), options);
}

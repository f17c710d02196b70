import { requireOptions } from '../core/require.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { coalesce } from './coalesce.js';
import { type Text, textLine } from './text-line.js';

/**
 * Items as lines of text, in chunks of UTF-8: strings as they are, numbers, bigints and booleans as `String` writes
 * them. Half a surrogate pair becomes U+FFFD, as in all that Node writes.
 *
 * Emits: a chunk of whole lines when about 64 KiB are held, and what is held whenever its input is idle.
 * Holds: about 64 KiB.   Ends: with its input, after a last chunk if anything is held.
 * Fails: with a `FormatError` when an item is anything else, or is a string that `lines` would not read back as one
 * line: it contains `\n` or ends with `\r`.
 *
 * @example
 * const [chunk] = await pipeline(['one', 2], formatLines(), toArray());
 * String(chunk) // 'one\n2\n'
 */
export function formatLines(options?: NameOptions): Stage<Text, Buffer> {
  requireOptions('formatLines', options);
  return stage<Text, Buffer>('formatLines', coalesce(textLine), options);
}

import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { ndjsonLine } from './json/ndjson-line.js';
import { coalesce } from './text/coalesce.js';

/**
 * Items as lines of JSON, in chunks of UTF-8.
 *
 * Emits: a chunk of whole lines once about 64 KiB are held, and everything held whenever the input is idle.
 * Holds: about 64 KiB.   Ends: with its input, after a last chunk if anything is held.
 * Fails: with a `FormatError` when JSON cannot represent an item (`undefined`, a function, a symbol, a BigInt, an
 * object with a BigInt or a cycle in it), or would write it as `null` (`NaN`). Inside an item, the rules of
 * `JSON.stringify` apply.
 *
 * @example
 * const [chunk] = await pipeline([{ a: 1 }, [2]], formatNdjson(), toArray());
 * String(chunk) // '{"a":1}\n[2]\n'
 */
export function formatNdjson(options?: NameOptions): Stage<unknown, Buffer> {
  validateOptions('formatNdjson', options);
  return stage<unknown, Buffer>('formatNdjson', coalesce(ndjsonLine), options);
}

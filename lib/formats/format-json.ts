import { validateOptions } from '../core/base/validate.js';
import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import { ndjsonLine } from './json/ndjson-line.js';
import { coalesce } from './text/coalesce.js';

/**
 * All items as one JSON array, one item on each line, in chunks of UTF-8.
 *
 * Emits: a chunk of whole items once about 64 KiB are held, and everything held whenever the input is idle.
 * Holds: about 64 KiB.   Ends: with its input, after the end of the array; without items, the array is `[]`.
 * Fails: with a `FormatError` when JSON cannot represent an item, or would write it as `null`; see `formatNdjson`.
 *
 * @example
 * const chunks = await pipeline([{ a: 1 }, [2]], formatJson(), toArray());
 * chunks.join('') // '[\n{"a":1},\n[2]\n]\n'
 */
export function formatJson(options?: NameOptions): Stage<unknown, Buffer> {
  validateOptions('formatJson', options);
  let isEmpty = true;
  const step = coalesce<unknown>((item, index) => {
    const json = ndjsonLine(item, index);
    const before = isEmpty ? '[\n' : ',\n';
    isEmpty = false;
    return before + json;
  }, '');
  const end = (cut: boolean): Buffer[] => [
    ...((step.end?.(cut) ?? []) as Iterable<Buffer>),
    Buffer.from(isEmpty ? '[]\n' : '\n]\n'),
  ];
  return stage<unknown, Buffer>('formatJson', { ...step, end }, options);
}

import { FormatError } from '../../formats/text/format-error.js';
import { described } from '../../formats/text/message-text.js';
import type { Stage } from '../../streams/stage.js';
import type { Library } from '../library/library.js';

type Named = { readonly name: string };

/** Emits the chunks as they arrive. */
export function parseBytes(
  { map }: Pick<Library, 'map'>,
  options: Named,
): Stage<Uint8Array | string, unknown> {
  return map((chunk: Uint8Array | string): unknown => chunk, options);
}

/** Emits bytes and text unchanged. */
export function formatBytes(
  { map }: Pick<Library, 'map'>,
  options: Named,
): Stage<never, Uint8Array | string> {
  let index = 0;
  const write = (item: unknown): Uint8Array | string => {
    if (typeof item === 'string' || item instanceof Uint8Array) {
      index += 1;
      return item;
    }
    throw new FormatError(
      index,
      `is ${described(item)}, not bytes or text; map it, or write another format`,
    );
  };
  return map(write, options) as Stage<never, Uint8Array | string>;
}

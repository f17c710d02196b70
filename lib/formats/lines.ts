import { stage } from '../streams/define.js';
import type { Stage } from '../streams/stage.js';
import type { NameOptions } from '../streams/types.js';
import type { LineBlock } from './line-block.js';
import { LineDecoder, type TextOptions } from './line-decoder.js';

/** Options of `lines`. */
export interface LinesOptions extends NameOptions, TextOptions {}

export function lines(options: LinesOptions = {}): Stage<Uint8Array | string, string> {
  const decoder = new LineDecoder('lines', options);
  return stage<Uint8Array | string, string>(
    'lines',
    {
      expand: (chunk) => flatten(decoder.write(chunk)),
      end: () => flatten(decoder.end()),
      held: () => decoder.chunks,
    },
    options,
  );
}

function* flatten(blocks: Iterable<LineBlock>): Generator<string> {
  for (const { lines } of blocks) yield* lines;
}

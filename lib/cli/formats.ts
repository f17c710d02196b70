import type { Stage } from '../streams/stage.js';

type Library = typeof import('../index.js');
type Parser = Stage<Uint8Array | string, unknown>;
type Formatter = Stage<never, Uint8Array | string>;

/** A way to write items as bytes. */
export interface Format {
  readonly endings: readonly string[];
  /** Bytes to items; `name` is what errors call the input. */
  parser(library: Library, name: string): Parser;
  /** Items to bytes; `name` is what errors call the output. */
  formatter(library: Library, name: string): Formatter;
}

export const DEFAULT_FORMAT = 'ndjson';

/** The formats that `--from` and `--to` name. */
export const formats: Readonly<Record<string, Format>> = {
  ndjson: {
    endings: ['.ndjson', '.jsonl'],
    parser: ({ parseNdjson }, name) => parseNdjson({ name }),
    formatter: ({ formatNdjson }, name) => formatNdjson({ name }),
  },
  lines: {
    endings: ['.txt', '.log'],
    parser: ({ lines }, name) => lines({ name }),
    formatter: ({ formatLines }, name) => formatLines({ name }),
  },
};

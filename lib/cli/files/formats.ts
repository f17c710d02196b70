import type { OnError } from '../../core/policy/on-error.js';
import type { Stage } from '../../streams/stage.js';
import { terminalTable } from '../errors/terminal-table.js';
import { type Library, load } from '../library/library.js';
import { formatBytes, parseBytes } from './bytes.js';
import type { OptionKinds, OptionValues } from './format-options.js';

type Parser = Stage<Uint8Array | string, unknown>;
type Formatter = Stage<never, Uint8Array | string>;

/**
 * One direction of a format: from bytes to items, or from items to bytes. `options` contain the name of the file for
 * errors.
 */
interface Direction<S, M> {
  readonly options: OptionKinds;
  /** Loads the function that makes the stage. */
  load(): Promise<Make<S, M>>;
}

type Make<S, M> = (options: Named, more?: M) => S;

type Named = { readonly name: string } & OptionValues;

/** The policy for bad input, in formats that can be bad. */
interface Policy {
  readonly onError?: OnError<string, never>;
}

/** The options for rows that are added to a file: its column names. */
export interface Continuing {
  readonly header: readonly string[];
  readonly continues: true;
}

/** A format of items as bytes. */
export interface Format {
  readonly endings: readonly string[];
  readonly help: string;
  /** Undefined for a format that is only for people. */
  readonly reads?: Direction<Parser, Policy>;
  /** Whether one record can be bad and the next one good. */
  readonly hasBad?: true;
  /** Whether it has an end after which nothing can be added. */
  readonly isWhole?: true;
  /** The bytes at the end of each item. */
  readonly lineEnd?: string;
  /** Whether each item is a row of columns. */
  readonly hasRows?: true;
  /** The default character between fields, in a format with a header row. */
  readonly delimiter?: string;
  readonly writes: Direction<Formatter, Continuing>;
}

export const DEFAULT_FORMAT = 'ndjson';

const textReads: OptionKinds = { invalidUtf8: ['fail', 'replace'] };
const csvReads: OptionKinds = {
  types: 'yes',
  header: 'names',
  ragged: ['fail', 'fit'],
  delimiter: 'char',
  quotes: 'yes',
  ...textReads,
};
const csvWrites: OptionKinds = { header: 'names', delimiter: 'char', quotes: 'yes', crlf: 'yes' };

/** `name`: the function of the library that makes the stage. */
function direction<N extends keyof Library, S, M>(
  name: N,
  options: OptionKinds,
  make: (library: Pick<Library, N>, options: Named, more?: M) => S,
): Direction<S, M> {
  return {
    options,
    load: async () => {
      const library = await load(name);
      return (values, more) => make(library, values, more);
    },
  };
}

const lineEnd = ({ crlf = false, ...options }: Named) => ({
  ...options,
  lineEnd: crlf ? ('\r\n' as const) : ('\n' as const),
});

/** The formats that `--from` and `--to` name. */
export const formats: Readonly<Record<string, Format>> = {
  ndjson: {
    endings: ['.ndjson', '.jsonl'],
    lineEnd: '\n',
    hasBad: true,
    help: 'a JSON value on each line',
    reads: direction('parseNdjson', textReads, ({ parseNdjson }, options, policy) =>
      parseNdjson({ ...options, ...policy }),
    ),
    writes: direction('formatNdjson', {}, ({ formatNdjson }, options) => formatNdjson(options)),
  },
  json: {
    endings: ['.json'],
    isWhole: true,
    hasBad: true,
    help: 'the elements of a JSON array; path=data.items finds it in a document, and * matches any name',
    reads: direction(
      'parseJson',
      { path: 'text', ...textReads },
      ({ parseJson }, options, policy) => parseJson({ ...options, ...policy }),
    ),
    writes: direction('formatJson', {}, ({ formatJson }, options) => formatJson(options)),
  },
  csv: {
    endings: ['.csv'],
    lineEnd: '\n',
    hasBad: true,
    hasRows: true,
    delimiter: ',',
    help: 'rows under a header; types makes numbers and booleans of fields that are written back as the same text, header=no makes arrays, header=a+b names the columns of a file without a header, ragged=fit takes rows of any length',
    reads: direction('parseCsv', csvReads, ({ parseCsv }, options, policy) =>
      parseCsv<unknown>({ ...options, ...policy }),
    ),
    writes: direction(
      'formatCsv',
      csvWrites,
      ({ formatCsv }, options, rows) => formatCsv({ ...lineEnd(options), ...rows }) as Formatter,
    ),
  },
  tsv: {
    endings: ['.tsv', '.tab'],
    lineEnd: '\n',
    hasBad: true,
    hasRows: true,
    delimiter: '\t',
    help: 'the same with tabs; quotes=no makes quotes ordinary characters',
    reads: direction('parseTsv', csvReads, ({ parseTsv }, options, policy) =>
      parseTsv<unknown>({ ...options, ...policy }),
    ),
    writes: direction(
      'formatTsv',
      csvWrites,
      ({ formatTsv }, options, rows) => formatTsv({ ...lineEnd(options), ...rows }) as Formatter,
    ),
  },
  lines: {
    endings: ['.txt', '.log'],
    lineEnd: '\n',
    hasBad: true,
    help: 'lines of text',
    reads: direction('lines', textReads, ({ lines }, options, policy) =>
      lines({ ...options, ...policy }),
    ),
    writes: direction(
      'formatLines',
      {},
      ({ formatLines }, options) => formatLines(options) as Formatter,
    ),
  },
  nul: {
    endings: [],
    lineEnd: '\0',
    hasBad: true,
    help: 'texts that end with NUL, as from find -print0 and for xargs -0',
    reads: direction('lines', textReads, ({ lines }, options, policy) =>
      lines({ ...options, ...policy, lineEnd: '\0' }),
    ),
    writes: direction(
      'formatLines',
      {},
      ({ formatLines }, options) => formatLines({ ...options, lineEnd: '\0' }) as Formatter,
    ),
  },
  bytes: {
    endings: ['.bin'],
    help: 'chunks of bytes, as they arrive',
    reads: direction('map', {}, parseBytes),
    writes: direction('map', {}, formatBytes),
  },
  table: {
    endings: [],
    lineEnd: '\n',
    hasRows: true,
    help: 'columns for people to read',
    writes: direction('formatTable', {}, ({ formatTable }, options) =>
      formatTable({ ...options, ...terminalTable(process.stdout) }),
    ),
  },
};

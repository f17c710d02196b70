import type { OnError } from '../../core/policy/on-error.js';
import type { Stage } from '../../streams/stage.js';
import { terminalTable } from '../errors/terminal-table.js';
import { type Library, load } from '../library/library.js';
import { formatBytes, parseBytes } from './bytes.js';
import type { OptionKinds, OptionValues } from './format-options.js';

type Parser = Stage<Uint8Array | string, unknown>;
type Formatter = Stage<never, Uint8Array | string>;

/** One way of a format: from bytes, or to them. `options` hold the name that errors call the file by. */
interface Way<S, M> {
  readonly options: OptionKinds;
  /** Loads what makes it. */
  load(): Promise<Make<S, M>>;
}

type Make<S, M> = (options: Named, more?: M) => S;

type Named = { readonly name: string } & OptionValues;

/** What becomes of bad input, where a format has a way to be bad. */
interface Policy {
  readonly onError?: OnError<string, never>;
}

/** What names the columns where rows are added to others. */
export interface Continuing {
  readonly header: readonly string[];
  readonly continues: true;
}

/** A way to write items as bytes. */
export interface Format {
  readonly endings: readonly string[];
  readonly help: string;
  /** None for a format that is only for people. */
  readonly reads?: Way<Parser, Policy>;
  /** Whether one piece of it may be bad and the next one good. */
  readonly hasBad?: true;
  /** Whether it has an end, behind which nothing can be added. */
  readonly isWhole?: true;
  /** What ends each item of it. */
  readonly lineEnd?: string;
  /** Whether each item is a row of columns. */
  readonly hasRows?: true;
  /** What stands between fields, unless an option says so: of a format with rows under a header. */
  readonly delimiter?: string;
  readonly writes: Way<Formatter, Continuing>;
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

/** `name` is that of what makes it in the library. */
function way<N extends keyof Library, S, M>(
  name: N,
  options: OptionKinds,
  make: (library: Pick<Library, N>, options: Named, more?: M) => S,
): Way<S, M> {
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
    reads: way('parseNdjson', textReads, ({ parseNdjson }, options, policy) =>
      parseNdjson({ ...options, ...policy }),
    ),
    writes: way('formatNdjson', {}, ({ formatNdjson }, options) => formatNdjson(options)),
  },
  json: {
    endings: ['.json'],
    isWhole: true,
    hasBad: true,
    help: 'the elements of a JSON array; path=data.items finds it in a document, and * in it stands for any name',
    reads: way('parseJson', { path: 'text', ...textReads }, ({ parseJson }, options, policy) =>
      parseJson({ ...options, ...policy }),
    ),
    writes: way('formatJson', {}, ({ formatJson }, options) => formatJson(options)),
  },
  csv: {
    endings: ['.csv'],
    lineEnd: '\n',
    hasBad: true,
    hasRows: true,
    delimiter: ',',
    help: 'rows under a header; types makes numbers and booleans where they would be written back the same, header=no makes arrays, header=a+b names the columns where no row does, ragged=fit takes rows of any length',
    reads: way('parseCsv', csvReads, ({ parseCsv }, options, policy) =>
      parseCsv<unknown>({ ...options, ...policy }),
    ),
    writes: way(
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
    help: 'the same with tabs; quotes=no where quotes are characters like any other',
    reads: way('parseTsv', csvReads, ({ parseTsv }, options, policy) =>
      parseTsv<unknown>({ ...options, ...policy }),
    ),
    writes: way(
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
    reads: way('lines', textReads, ({ lines }, options, policy) =>
      lines({ ...options, ...policy }),
    ),
    writes: way('formatLines', {}, ({ formatLines }, options) => formatLines(options) as Formatter),
  },
  nul: {
    endings: [],
    lineEnd: '\0',
    hasBad: true,
    help: 'texts that end with NUL, as of find -print0 and for xargs -0',
    reads: way('lines', textReads, ({ lines }, options, policy) =>
      lines({ ...options, ...policy, lineEnd: '\0' }),
    ),
    writes: way(
      'formatLines',
      {},
      ({ formatLines }, options) => formatLines({ ...options, lineEnd: '\0' }) as Formatter,
    ),
  },
  bytes: {
    endings: ['.bin'],
    help: 'chunks of bytes, as they come',
    reads: way('map', {}, parseBytes),
    writes: way('map', {}, formatBytes),
  },
  table: {
    endings: [],
    lineEnd: '\n',
    hasRows: true,
    help: 'columns for people to read',
    writes: way('formatTable', {}, ({ formatTable }, options) =>
      formatTable({ ...options, ...terminalTable(process.stdout) }),
    ),
  },
};

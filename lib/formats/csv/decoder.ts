import type { Batch } from '../text/decoded-items.js';
import type { LineBlock } from '../text/line-block.js';
import { LineDecoder, MAX_LINE_BYTES } from '../text/line-decoder.js';
import { needPackage } from '../text/load-package.js';
import { CsvColumns } from './columns.js';
import { type CsvReading, validateCsvReading } from './options.js';
import type { CsvRow } from './row.js';
import { CsvRows } from './rows.js';

/**
 * Turns bytes into items, one for each row. An item is made when the caller reads it. Blank lines are skipped. A bad
 * row throws `ParseError` after the items before it.
 */
export class CsvDecoder {
  readonly #lines: LineDecoder;
  readonly #rows: CsvRows;
  readonly #columns: CsvColumns;
  #chunks = 0;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT: an option is out of range. The message begins with `who`. */
  constructor(who: string, options: CsvReading = {}) {
    validateCsvReading(who, options);
    needPackage(who, 'csv-parse/sync');
    const { delimiter = ',', quotes = true, maxLineBytes = MAX_LINE_BYTES } = options;
    this.#lines = new LineDecoder(who, options);
    this.#rows = new CsvRows({ delimiter, quotes }, maxLineBytes);
    this.#columns = new CsvColumns(options);
  }

  /** How many of the latest chunks contain bytes of an unfinished row. */
  get chunks(): number {
    return Math.max(this.#chunks, this.#lines.chunks);
  }

  /** The rows that end in this chunk. The caller reads them to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<Batch> {
    const before = this.chunks;
    return this.#batches(this.#lines.write(chunk), before);
  }

  /** The last row, if it has no line end. */
  *end(): Generator<Batch> {
    this.#chunks = 0;
    for (const block of this.#lines.end()) yield this.#batch(this.#rows.take(block));
    yield this.#batch(this.#rows.end());
  }

  *#batches(blocks: Iterable<LineBlock>, before: number): Generator<Batch> {
    let held = before + 1;
    this.#chunks = this.#rows.open ? held : 0;
    for (const block of blocks) {
      const rows = this.#rows.take(block);
      // A row has ended in this chunk, so an unfinished row can only have begun in it.
      if (rows.length > 0) held = 1;
      this.#chunks = this.#rows.open ? held : 0;
      yield this.#batch(rows);
    }
  }

  /** A bad header throws here and not in `item`, so `onError` cannot skip it: no row can be read without a header. */
  #batch(all: readonly CsvRow[]): Batch {
    const [first] = all;
    const isHeader = first !== undefined && this.#columns.wantsHeader;
    if (isHeader) this.#columns.takeHeader(first, first.fields);
    const rows = isHeader ? all.slice(1) : all;
    return {
      length: rows.length,
      item: (at) => {
        const row = rows[at] as CsvRow;
        return this.#columns.item(row, row.fields);
      },
      input: (at) => (rows[at] as CsvRow).input,
      line: (at) => (rows[at] as CsvRow).line,
    };
  }
}

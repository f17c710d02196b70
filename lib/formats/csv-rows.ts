import { type CsvRecord, CsvRecords, type CsvSyntax } from './csv-records.js';
import { CsvRow, type CsvText } from './csv-row.js';
import { HeldBytes } from './held-bytes.js';
import { bomLength, LF, type LineBlock } from './line-block.js';

const QUOTE = 0x22;

/**
 * Makes rows of lines, and holds a row whose quotes are open. Only a quote closes them, so nothing is read again before an
 * odd number of quotes has come. Quotes that make no sense can be counted wrongly: what has doubled is read again as well.
 */
export class CsvRows {
  readonly #records: CsvRecords;
  readonly #maxRowBytes: number;
  readonly #held = new HeldBytes();
  /** Where what is held begins. */
  #line = 1;
  #byte = 0;
  /** How much was held when it was last read. */
  #tried = 0;

  constructor(syntax: CsvSyntax, maxRowBytes: number) {
    this.#records = new CsvRecords(syntax);
    this.#maxRowBytes = maxRowBytes;
  }

  /** Whether a row has begun that has not ended. */
  get open(): boolean {
    return this.#held.length > 0;
  }

  /** The rows that end in these lines, without those that are blank. */
  take({ bytes, line, byte }: LineBlock): CsvRow[] {
    const mark = bomLength(bytes, byte);
    const fresh = bytes.subarray(mark);
    if (!this.open) {
      this.#line = line;
      this.#byte = byte + mark;
      return this.#read(fresh, false);
    }
    const length = this.#held.length + fresh.length;
    const mayClose = isOdd(fresh) || length > 2 * this.#tried || length > this.#maxRowBytes;
    if (mayClose) return this.#read(this.#held.take(fresh), false);
    this.#held.add(fresh);
    return [];
  }

  /** The row that has not ended, if there is one: nothing can end it any more. */
  end(): CsvRow[] {
    return this.open ? this.#read(this.#held.take(), true) : [];
  }

  #read(bytes: Buffer, isLast: boolean): CsvRow[] {
    const text: CsvText = { bytes, line: this.#line, byte: this.#byte };
    const records = this.#records.read(bytes);
    const last = records.at(-1);
    if (last && !isLast && this.#mayGoOn(last)) {
      records.pop();
      this.#hold(bytes, last.start);
    }
    return records.map((record) => new CsvRow(text, this.#bounded(record)));
  }

  #mayGoOn({ start, end, fields }: CsvRecord): boolean {
    return 'problem' in fields && fields.isOpen && end - start <= this.#maxRowBytes;
  }

  #hold(bytes: Buffer, start: number): void {
    for (let at = bytes.indexOf(LF); at >= 0 && at < start; at = bytes.indexOf(LF, at + 1))
      this.#line += 1;
    this.#byte += start;
    this.#tried = bytes.length - start;
    this.#held.add(bytes.subarray(start));
  }

  #bounded(record: CsvRecord): CsvRecord {
    const { start, end } = record;
    if (end - start <= this.#maxRowBytes) return record;
    const problem = `the row is longer than maxLineBytes, ${this.#maxRowBytes}`;
    return { start, end, fields: { at: start, problem, isOpen: false } };
  }
}

function isOdd(bytes: Buffer): boolean {
  let odd = false;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) odd = !odd;
  return odd;
}

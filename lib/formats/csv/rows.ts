import { isUtf8 } from 'node:buffer';
import { decodeUtf8 } from '../text/decode-utf8.js';
import { HeldBytes } from '../text/held-bytes.js';
import { bomLength, LF, type LineBlock } from '../text/line-block.js';
import { invalidAt } from '../text/parse-error.js';
import { findInvalid } from '../text/utf8-sequence.js';
import { plainRows } from './plain-rows.js';
import { type CsvFault, type CsvRecord, CsvRecords, type CsvSyntax } from './records.js';
import { CsvRow } from './row.js';
import { CsvText } from './text.js';

const QUOTE = 0x22;

/**
 * Turns lines into rows, and holds a row with open quotes. Only a quote can close them, so the held bytes are read
 * again when an odd number of quotes has been added. Malformed quotes make that count wrong, so they are also read
 * again when their length has doubled.
 */
export class CsvRows {
  readonly #syntax: CsvSyntax;
  readonly #parser: CsvRecords;
  readonly #maxRowBytes: number;
  readonly #held = new HeldBytes();
  /** The place where the held bytes begin. */
  #line = 1;
  #byte = 0;
  /** How many bytes were held when they were last read. */
  #lengthRead = 0;
  /** The held bytes may contain invalid UTF-8 that must be reported, not replaced. */
  #mayBeInvalid = false;

  constructor(syntax: CsvSyntax, maxRowBytes: number) {
    this.#syntax = syntax;
    this.#parser = new CsvRecords(syntax);
    this.#maxRowBytes = maxRowBytes;
  }

  /** Whether an unfinished row is held. */
  get open(): boolean {
    return this.#held.length > 0;
  }

  /** The rows that end in these lines. Blank lines are skipped. */
  take({ bytes, firstLine, byte, fault }: LineBlock): CsvRow[] {
    const mark = bomLength(bytes, byte);
    const fresh = bytes.subarray(mark);
    if (fault) this.#mayBeInvalid = true;
    if (!this.open) {
      this.#line = firstLine;
      this.#byte = byte + mark;
      return this.#read(fresh, false);
    }
    const length = this.#held.length + fresh.length;
    const mayClose =
      hasOddQuotes(fresh) || length > 2 * this.#lengthRead || length > this.#maxRowBytes;
    if (mayClose) return this.#read(this.#held.take(fresh), false);
    this.#held.add(fresh);
    return [];
  }

  /** The unfinished row, if there is one: no more bytes can finish it. */
  end(): CsvRow[] {
    return this.open ? this.#read(this.#held.take(), true) : [];
  }

  #read(bytes: Buffer, isLast: boolean): CsvRow[] {
    const text = new CsvText(this.#parser, bytes, this.#line, this.#byte);
    const rows = this.#plainRows(text, isLast) ?? this.#parsedRows(text, isLast);
    if (!this.open) this.#mayBeInvalid = false;
    return rows;
  }

  /** Reads well-formed rows. Undefined when a row may be bad: then `#parsedRows` says why. */
  #plainRows(text: CsvText, isLast: boolean): CsvRow[] | undefined {
    const { bytes } = text;
    if (this.#mayBeInvalid || bytes.length > this.#maxRowBytes) return undefined;
    const all = decodeUtf8(bytes);
    const found = plainRows(all, this.#syntax);
    if (!found) return undefined;
    if (found.end < all.length) {
      if (isLast || !isUtf8(bytes)) return undefined;
      this.#hold(bytes, bytes.length - Buffer.byteLength(all.slice(found.end)));
    }
    return found.rows.map((fields, at) => new CsvRow(text, at, fields));
  }

  #parsedRows(text: CsvText, isLast: boolean): CsvRow[] {
    const records = [...text.records];
    const last = records.at(-1);
    if (last && !isLast && this.#mayContinue(last)) {
      records.pop();
      this.#hold(text.bytes, last.start);
    }
    return records.map((record, at) => new CsvRow(text, at, this.#checked(text.bytes, record)));
  }

  #mayContinue({ start, end, fields }: CsvRecord): boolean {
    return 'problem' in fields && fields.isOpen && end - start <= this.#maxRowBytes;
  }

  #hold(bytes: Buffer, start: number): void {
    for (let at = bytes.indexOf(LF); at >= 0 && at < start; at = bytes.indexOf(LF, at + 1))
      this.#line += 1;
    this.#byte += start;
    this.#lengthRead = bytes.length - start;
    this.#held.add(bytes.subarray(start));
  }

  #checked(bytes: Buffer, { start, end, fields }: CsvRecord): readonly string[] | CsvFault {
    if (end - start <= this.#maxRowBytes) {
      const at = this.#mayBeInvalid ? findInvalid(bytes.subarray(start, end)) : -1;
      return at < 0
        ? fields
        : { at: start + at, problem: invalidAt(bytes, start + at), isOpen: false };
    }
    const problem = `the row is longer than maxLineBytes, ${this.#maxRowBytes}`;
    return { at: start, problem, isOpen: false };
  }
}

function hasOddQuotes(bytes: Buffer): boolean {
  let isOdd = false;
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) isOdd = !isOdd;
  return isOdd;
}

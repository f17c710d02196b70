import type { CsvError, InfoRecord, Options } from 'csv-parse';
import { quoteChar } from '../text/excerpt.js';
import { CR, LF } from '../text/line-block.js';
import { loadPackage } from '../text/load-package.js';

/** How fields are separated and quoted. */
export interface CsvSyntax {
  readonly delimiter: string;
  /** Whether fields may be in quotes. */
  readonly quotes: boolean;
}

/** Where a record is malformed, as a byte offset, and why. */
export interface CsvFault {
  readonly at: number;
  readonly problem: string;
  /** Whether later bytes may still close its quotes. */
  readonly isOpen: boolean;
}

/** One record: the range of its bytes without the line end, and its fields. */
export interface CsvRecord {
  readonly start: number;
  readonly end: number;
  readonly fields: readonly string[] | CsvFault;
}

type Parse = (bytes: Buffer, options: Options) => unknown;

const QUOTE = 0x22;
const LONGEST_SEQUENCE = 4;

/**
 * Reads the records of whole lines with csv-parse. csv-parse stops at the first malformed record, so it is started
 * again at the next line. The records after a malformed one are read as if it were not there.
 */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #options: Options;
  #parse: Parse | undefined;

  constructor({ delimiter, quotes }: CsvSyntax) {
    this.#delimiter = delimiter;
    this.#options = {
      delimiter,
      record_delimiter: ['\n', '\r\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      ...(quotes ? {} : { quote: null, escape: null }),
    };
  }

  read(bytes: Buffer): CsvRecord[] {
    this.#parse ??= (loadPackage('csv-parse/sync') as { parse: Parse }).parse;
    const records: CsvRecord[] = [];
    let from = 0;
    while (from < bytes.length) from = this.#readFrom(bytes, from, records, {});
    return records;
  }

  /** Returns where reading continues. */
  #readFrom(bytes: Buffer, from: number, records: CsvRecord[], options: Options): number {
    let start = from;
    const note = (fields: readonly string[], info: InfoRecord): undefined => {
      const next = from + info.bytes;
      const first = skipBlank(bytes, start);
      records.push({ start: first, end: textEnd(bytes, next), fields });
      start = next;
    };
    try {
      this.#parse?.(bytes.subarray(from), { ...this.#options, ...options, on_record: note });
      return options.to === undefined ? bytes.length : start;
    } catch (error) {
      const { code, index, bytes: read } = error as CsvError;
      start = skipBlank(bytes, start);
      // A quote inside an unquoted field is an ordinary character. The option of csv-parse for it allows other errors
      // too, so it is set for this record only.
      if (code === 'INVALID_OPENING_QUOTE')
        return this.#readFrom(bytes, start, records, { relax_quotes: true, to: 1 });
      const field = index === 0 ? start : from + Number(read) + Buffer.byteLength(this.#delimiter);
      const fault = this.#fault(code, bytes, field);
      if (!fault) throw error;
      const next = fault.isOpen ? bytes.length : nextLine(bytes, fault.at);
      records.push({ start, end: textEnd(bytes, next), fields: fault });
      return next;
    }
  }

  #fault(code: string, bytes: Buffer, field: number): CsvFault | undefined {
    if (code === 'CSV_QUOTE_NOT_CLOSED')
      return { at: field, problem: 'the quote is never closed', isOpen: true };
    if (code !== 'CSV_INVALID_CLOSING_QUOTE') return undefined;
    const at = closingQuote(bytes, field + 1) + 1;
    const found = quoteChar(bytes.toString('utf8', at, at + LONGEST_SEQUENCE), 0);
    const problem = `expected ${quoteChar(this.#delimiter, 0)} or the end of the row after a closing quote, found ${found}`;
    return { at, problem, isOpen: false };
  }
}

/** A doubled quote does not close a field. */
function closingQuote(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(QUOTE, from);
  while (bytes[at + 1] === QUOTE) at = bytes.indexOf(QUOTE, at + 2);
  return at;
}

function nextLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end < 0 ? bytes.length : end + 1;
}

/** The end of a record that ends at `end` with a line end or without. */
function textEnd(bytes: Buffer, end: number): number {
  if (bytes[end - 1] !== LF) return end;
  return bytes[end - 2] === CR ? end - 2 : end - 1;
}

function skipBlank(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)) at += 1;
  return at;
}

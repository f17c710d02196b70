import { LF } from '../text/line-block.js';
import { ParseError, type Place } from '../text/parse-error.js';
import type { CsvFault, CsvRecord } from './records.js';
import type { CsvText } from './text.js';

/** A row of CSV. Its place in the input is computed only on demand. */
export class CsvRow {
  readonly #text: CsvText;
  readonly #at: number;
  readonly #fields: readonly string[] | CsvFault;

  /** `at`: the index of the row among the records of `text`. */
  constructor(text: CsvText, at: number, fields: readonly string[] | CsvFault) {
    this.#text = text;
    this.#at = at;
    this.#fields = fields;
  }

  /** The text of the row without its line end. */
  get input(): string {
    const { start, end } = this.#record;
    return this.#text.bytes.toString('utf8', start, end);
  }

  /** The line on which the row begins. */
  get line(): number {
    return this.#place(this.#record.start).line;
  }

  /** Throws `ParseError` when the quotes of the row are malformed. */
  get fields(): readonly string[] {
    const fields = this.#fields;
    if ('problem' in fields) throw new ParseError(this.#place(fields.at), fields.problem);
    return fields;
  }

  /** An error about the row as a whole; its place is the beginning of the row. */
  error(problem: string, options?: ErrorOptions): ParseError {
    return new ParseError(this.#place(this.#record.start), problem, options);
  }

  get #record(): CsvRecord {
    return this.#text.records[this.#at] as CsvRecord;
  }

  #place(at: number): Place {
    const { bytes, line, byte } = this.#text;
    let lines = 0;
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0 && end < at; end = bytes.indexOf(LF, start)) {
      lines += 1;
      start = end + 1;
    }
    const column = bytes.toString('utf8', start, at).length + 1;
    return { line: line + lines, column, byte: byte + at };
  }
}

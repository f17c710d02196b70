import type { CsvRecord, CsvRecords } from './records.js';

/** Bytes that begin at the start of a line, and their place in the input. */
export class CsvText {
  readonly bytes: Buffer;
  readonly line: number;
  readonly byte: number;
  readonly #parser: CsvRecords;
  #records: readonly CsvRecord[] | undefined;

  constructor(parser: CsvRecords, bytes: Buffer, line: number, byte: number) {
    this.#parser = parser;
    this.bytes = bytes;
    this.line = line;
    this.byte = byte;
  }

  /** The records that csv-parse finds; read on demand. */
  get records(): readonly CsvRecord[] {
    this.#records ??= this.#parser.read(this.bytes);
    return this.#records;
  }
}

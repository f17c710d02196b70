import type { CsvRecord, CsvRecords } from './records.js';

/** Bytes that begin with a line, and where they stand in the input. */
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

  /** What csv-parse makes of it; read when somebody asks. */
  get records(): readonly CsvRecord[] {
    this.#records ??= this.#parser.read(this.bytes);
    return this.#records;
  }
}

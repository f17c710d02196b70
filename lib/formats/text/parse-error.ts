import { SluiceError } from '../../core/base/errors.js';

/** A place in a text. */
export interface Place {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units, as the length of a string is. */
  readonly column: number;
  /** Counted from 0 at the start of the input, in bytes of UTF-8; a byte order mark counts. */
  readonly byte: number;
}

/** Text that its format does not allow: where, and what is wrong. */
export class ParseError extends SluiceError {
  readonly line: number;
  readonly column: number;
  readonly byte: number;
  /** What is wrong, without the place. */
  readonly problem: string;

  constructor({ line, column, byte }: Place, problem: string, options?: ErrorOptions) {
    const where = `line ${line}, column ${column} (byte ${byte})`;
    super('ERR_SLUICE_PARSE', `${where}: ${problem}`, options);
    this.line = line;
    this.column = column;
    this.byte = byte;
    this.problem = problem;
  }
}

/** The problem of an invalid byte of UTF-8. */
export const invalidAt = (bytes: Buffer, at: number): string =>
  `invalid UTF-8, byte 0x${bytes.toString('hex', at, at + 1).toUpperCase()}`;

import { isAscii } from 'node:buffer';
import { LF } from './line-block.js';
import type { Place } from './parse-error.js';

/** Knows where in the input a chunk begins; where something in the chunk stands is worked out when somebody asks. */
export class TextPosition {
  #line = 1;
  /** UTF-16 code units since the line began. */
  #units = 0;
  #byte = 0;

  /** The chunk is done with. */
  pass(bytes: Buffer): void {
    const { line, column, byte } = this.place(bytes, bytes.length);
    this.#line = line;
    this.#units = column - 1;
    this.#byte = byte;
  }

  /** One of the units in this chunk is none: a byte order mark. */
  ignoreUnit(): void {
    this.#units -= 1;
  }

  /** Where byte `at` of the chunk stands. */
  place(bytes: Buffer, at: number): Place {
    let line = this.#line;
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0 && end < at; end = bytes.indexOf(LF, start)) {
      line += 1;
      start = end + 1;
    }
    const units = (start === 0 ? this.#units : 0) + unitsOf(bytes.subarray(start, at));
    return { line, column: units + 1, byte: this.#byte + at };
  }
}

/** A sequence may be cut at either end: each byte that begins one counts for it, and twice that of four bytes. */
function unitsOf(bytes: Buffer): number {
  if (isAscii(bytes)) return bytes.length;
  let units = 0;
  for (const byte of bytes) units += (byte >> 6 === 0b10 ? 0 : 1) + (byte >= 0xf0 ? 1 : 0);
  return units;
}

/** Where the UTF-16 code unit `at` of a text stands that begins at `start`. */
export function placeIn(text: string, at: number, start: Place): Place {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return {
    line: start.line + before.split('\n').length - 1,
    column: (lineStart === 0 ? start.column : 1) + (at - lineStart),
    byte: start.byte + Buffer.byteLength(before),
  };
}

import { decodeUtf8 } from './decode-utf8.js';
import type { Batch } from './decoded-items.js';
import type { ParseError, Place } from './parse-error.js';
import { skipUnits } from './utf8-sequence.js';

export const LF = 0x0a;
export const CR = 0x0d;
const BOM = Buffer.of(0xef, 0xbb, 0xbf);

/** The length of a byte order mark at the start of the input; 0 if there is none. */
export function bomLength(bytes: Uint8Array, byte: number): number {
  return byte === 0 && BOM.every((value, at) => bytes[at] === value) ? BOM.length : 0;
}

/**
 * Whole lines, decoded together. The place of a line is computed only on demand. A line that is kept keeps the text of
 * its whole block in memory.
 */
export class LineBlock implements Batch {
  /** The lines without their line ends. */
  readonly lines: string[];
  readonly bytes: Buffer;
  /** The number of the first line, and the byte at which it begins. */
  readonly firstLine: number;
  readonly byte: number;
  /** What is wrong with the only line of the block. */
  readonly fault: ParseError | undefined;
  readonly #end: number;

  /** `bytes`: whole lines; only the last one may have no line end. */
  constructor(bytes: Buffer, line: number, byte: number, end = LF, fault?: ParseError) {
    this.bytes = bytes;
    this.firstLine = line;
    this.byte = byte;
    this.#end = end;
    this.fault = fault;
    const ended = bytes.at(-1) === end;
    const text = decodeUtf8(
      bytes.subarray(bomLength(bytes, byte), ended ? bytes.length - 1 : bytes.length),
    );
    this.lines = text.split(String.fromCharCode(end));
    if (ended && end === LF && text.includes('\r')) dropReturns(this.lines);
  }

  get length(): number {
    return this.lines.length;
  }

  /** Throws `fault` if there is one. */
  item(at: number): string {
    if (this.fault) throw this.fault;
    return this.input(at);
  }

  input(at: number): string {
    return this.lines[at] as string;
  }

  line(at: number): number {
    return this.firstLine + at;
  }

  /** The place of the UTF-16 code unit `unit` of line `index`. */
  place(index: number, unit = 0): Place {
    let start = index === 0 ? bomLength(this.bytes, this.byte) : 0;
    for (let line = 0; line < index; line += 1) start = this.bytes.indexOf(this.#end, start) + 1;
    const byte = this.byte + skipUnits(this.bytes, start, unit);
    return { line: this.line(index), column: unit + 1, byte };
  }
}

function dropReturns(lines: string[]): void {
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as string;
    if (line.charCodeAt(line.length - 1) === CR) lines[index] = line.slice(0, -1);
  }
}

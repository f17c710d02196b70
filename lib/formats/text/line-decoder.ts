import { constants, isUtf8 } from 'node:buffer';
import { ArgumentError } from '../../core/base/errors.js';
import { HeldBytes } from './held-bytes.js';
import { bomLength, CR, LF, LineBlock } from './line-block.js';
import { invalidAt, ParseError } from './parse-error.js';
import { TextBytes } from './text-bytes.js';
import { findInvalid } from './utf8-sequence.js';

/** How text is read. */
export interface TextOptions {
  /**
   * The maximum length of a line, in bytes of UTF-8 without its line end; an integer from 1 to nearly 512 Mi, the most
   * that a string can hold. Default 64 Mi.
   */
  readonly maxLineBytes?: number | undefined;
  /** What happens to invalid UTF-8: `fail`, or `replace` with U+FFFD. Default `fail`. */
  readonly invalidUtf8?: 'fail' | 'replace' | undefined;
}

/** The names of these options. */
export const TEXT = ['maxLineBytes', 'invalidUtf8'] as const;

/** How many bytes are decoded at a time, so that a huge chunk does not become millions of lines at once. */
const WINDOW = 65_536;
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LARGEST = constants.MAX_STRING_LENGTH - WINDOW;

/**
 * Splits UTF-8 into lines, however the bytes are split into chunks. `\n` and `\r\n` end a line; the last line may have
 * no line end. A byte order mark at the very start is dropped. A line of invalid UTF-8 gets a block of its own with a
 * `fault`: an invalid sequence contains no line end, so the other lines are not affected. A line that is too long
 * throws `ParseError` after the lines before it; then the decoder cannot be used any more.
 */
export class LineDecoder {
  readonly #maxLineBytes: number;
  readonly #replaces: boolean;
  readonly #end: number;
  readonly #text = new TextBytes();
  readonly #held = new HeldBytes();
  #chunks = 0;
  #line = 1;
  #byte = 0;
  #failure: ParseError | undefined;

  /**
   * `end`: the byte that ends a line. Only with `\n`, a `\r` before it is dropped.
   * @throws {ArgumentError} ERR_SLUICE_ARGUMENT: an option is out of range. The message begins with `who`.
   */
  constructor(
    who: string,
    { maxLineBytes = MAX_LINE_BYTES, invalidUtf8 = 'fail' }: TextOptions = {},
    end = LF,
  ) {
    if (!Number.isInteger(maxLineBytes) || maxLineBytes < 1 || maxLineBytes > LARGEST) {
      throw new ArgumentError(
        `${who}: maxLineBytes must be an integer from 1 to ${LARGEST}, got ${String(maxLineBytes)}`,
      );
    }
    validateInvalidUtf8(who, invalidUtf8);
    this.#maxLineBytes = maxLineBytes;
    this.#replaces = invalidUtf8 === 'replace';
    this.#end = end;
  }

  /** How many of the latest chunks contain bytes of an unfinished line. */
  get chunks(): number {
    return this.#chunks;
  }

  /** The lines that end in this chunk. The caller reads the blocks to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<LineBlock> {
    const bytes = this.#text.take(chunk);
    const end = bytes.lastIndexOf(this.#end) + 1;
    if (end > 0) this.#chunks = 0;
    if (end < bytes.length || this.#text.holds || this.#chunks > 0) this.#chunks += 1;
    if (bytes.length > WINDOW) return this.#cut(bytes);
    return this.#withFailure(this.#window(bytes, end));
  }

  /** The last line, if it has no line end. */
  end(): Iterable<LineBlock> {
    this.#chunks = 0;
    this.#held.add(this.#text.end());
    const bytes = this.#held.take();
    return bytes.length > bomLength(bytes, this.#byte)
      ? this.#withFailure(this.#decode(bytes))
      : [];
  }

  *#cut(bytes: Buffer): Generator<LineBlock> {
    for (let from = 0; from < bytes.length; from += WINDOW) {
      const window = bytes.subarray(from, from + WINDOW);
      yield* this.#withFailure(this.#window(window, window.lastIndexOf(this.#end) + 1));
    }
  }

  /** The block of the lines that end before `end`, if there are any. Sets `#failure` when the rest is too long. */
  #window(window: Buffer, end: number): LineBlock[] {
    const blocks = end > 0 ? this.#decode(this.#held.take(window.subarray(0, end))) : [];
    if (end < window.length) this.#held.add(window.subarray(end));
    const length = this.#held.length - (this.#isReturn(this.#held.last) ? 1 : 0);
    if (length > this.#maxLineBytes) this.#failure ??= this.#tooLong();
    return blocks;
  }

  /** Appends the failure, if there is one. Otherwise returns the array, which is faster to iterate than a generator. */
  #withFailure(blocks: LineBlock[]): Iterable<LineBlock> {
    return this.#failure ? failing(blocks, this.#failure) : blocks;
  }

  #decode(bytes: Buffer): LineBlock[] {
    const long = this.#findTooLong(bytes);
    const short = long < 0 ? bytes : bytes.subarray(0, long);
    const blocks =
      this.#replaces || isUtf8(short) ? this.#whole(short) : [...this.#isolated(short)];
    if (long >= 0) this.#failure = this.#tooLong();
    return blocks;
  }

  #whole(bytes: Buffer): LineBlock[] {
    return bytes.length > 0 ? [this.#block(bytes)] : [];
  }

  /** Puts each invalid line into a block of its own. */
  *#isolated(bytes: Buffer): Generator<LineBlock> {
    let rest = bytes;
    for (let at = findInvalid(rest); at >= 0; at = findInvalid(rest)) {
      const start = rest.lastIndexOf(this.#end, at) + 1;
      yield* this.#whole(rest.subarray(0, start));
      const end = rest.indexOf(this.#end, at) + 1 || rest.length;
      const line = rest.subarray(start, end);
      yield this.#block(line, this.#invalid(line, at - start));
      rest = rest.subarray(end);
    }
    yield* this.#whole(rest);
  }

  #block(bytes: Buffer, fault?: ParseError): LineBlock {
    const block = new LineBlock(bytes, this.#line, this.#byte, this.#end, fault);
    this.#line += block.lines.length;
    this.#byte += bytes.length;
    return block;
  }

  /** Where the first line begins that is too long, or -1. */
  #findTooLong(bytes: Buffer): number {
    if (bytes.length <= this.#maxLineBytes) return -1;
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(this.#end, from);
      const last = end < 0 ? bytes.length : end;
      const length = last - from - (end > 0 && this.#isReturn(bytes[end - 1]) ? 1 : 0);
      if (length > this.#maxLineBytes) return from;
      from = last + 1;
    }
    return -1;
  }

  /** Whether the byte before a line end belongs to the line end. */
  #isReturn(byte: number | undefined): boolean {
    return byte === CR && this.#end === LF;
  }

  #tooLong(): ParseError {
    const place = { line: this.#line, column: 1, byte: this.#byte };
    return new ParseError(place, `the line is longer than maxLineBytes, ${this.#maxLineBytes}`);
  }

  #invalid(line: Buffer, at: number): ParseError {
    const before = line.toString('utf8', bomLength(line, this.#byte), at);
    const place = { line: this.#line, column: before.length + 1, byte: this.#byte + at };
    return new ParseError(place, invalidAt(line, at));
  }
}

/** Throws `ArgumentError` for any other value. */
export function validateInvalidUtf8(
  who: string,
  value: unknown,
): asserts value is 'fail' | 'replace' {
  if (value === 'fail' || value === 'replace') return;
  throw new ArgumentError(`${who}: invalidUtf8 must be 'fail' or 'replace', got ${String(value)}`);
}

function* failing(blocks: LineBlock[], failure: ParseError): Generator<LineBlock> {
  yield* blocks;
  throw failure;
}

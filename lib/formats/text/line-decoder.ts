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
   * The longest that a line may be, in bytes of UTF-8 without its line end; an integer from 1 to nearly 512 Mi, what
   * a string can hold. Default 64 Mi.
   */
  readonly maxLineBytes?: number | undefined;
  /** What becomes of invalid UTF-8: `fail`, or `replace` by U+FFFD. Default `fail`. */
  readonly invalidUtf8?: 'fail' | 'replace' | undefined;
}

/** Their names. */
export const TEXT = ['maxLineBytes', 'invalidUtf8'] as const;

/** This much is decoded at a time, so that one huge chunk does not become millions of lines at once. */
const WINDOW = 65_536;
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
const LARGEST = constants.MAX_STRING_LENGTH - WINDOW;

/**
 * Cuts UTF-8 into lines, however the bytes are split into chunks. `\n` and `\r\n` end a line; the last may go without.
 * A byte order mark at the very start is dropped. A line of invalid UTF-8 comes in a block of its own, which says what is
 * wrong with it: none of its bytes can be that of a line end. A line that is too long is thrown as `ParseError` after the
 * lines before it; the decoder is of no use then.
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
   * `end` is the byte that ends a line; only where it is that of `\n`, a `\r` may stand before it.
   * @throws {ArgumentError} ERR_SLUICE_ARGUMENT, beginning with `who`: an option is out of range.
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

  /** How many of the latest chunks hold bytes of a line that has not ended. */
  get chunks(): number {
    return this.#chunks;
  }

  /** The lines that end in this chunk. The blocks must be read to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<LineBlock> {
    const bytes = this.#text.take(chunk);
    const end = bytes.lastIndexOf(this.#end) + 1;
    if (end > 0) this.#chunks = 0;
    if (end < bytes.length || this.#text.holds || this.#chunks > 0) this.#chunks += 1;
    if (bytes.length > WINDOW) return this.#cut(bytes);
    return this.#sound(this.#window(bytes, end));
  }

  /** The last line, if it has not ended. */
  end(): Iterable<LineBlock> {
    this.#chunks = 0;
    this.#held.add(this.#text.end());
    const bytes = this.#held.take();
    return bytes.length > bomLength(bytes, this.#byte) ? this.#sound(this.#decode(bytes)) : [];
  }

  *#cut(bytes: Buffer): Generator<LineBlock> {
    for (let from = 0; from < bytes.length; from += WINDOW) {
      const window = bytes.subarray(from, from + WINDOW);
      yield* this.#sound(this.#window(window, window.lastIndexOf(this.#end) + 1));
    }
  }

  /** The block of what ends before `end`, if there is any; `#failure` is what is wrong behind it. */
  #window(window: Buffer, end: number): LineBlock[] {
    const blocks = end > 0 ? this.#decode(this.#held.take(window.subarray(0, end))) : [];
    if (end < window.length) this.#held.add(window.subarray(end));
    const length = this.#held.length - (this.#isReturn(this.#held.last) ? 1 : 0);
    if (length > this.#maxLineBytes) this.#failure ??= this.#tooLong();
    return blocks;
  }

  /** An array, which costs less to walk than a generator, unless it is to end in a failure. */
  #sound(blocks: LineBlock[]): Iterable<LineBlock> {
    return this.#failure ? failing(blocks, this.#failure) : blocks;
  }

  #decode(bytes: Buffer): LineBlock[] {
    const long = this.#findTooLong(bytes);
    const short = long < 0 ? bytes : bytes.subarray(0, long);
    const blocks = this.#replaces || isUtf8(short) ? this.#whole(short) : [...this.#parted(short)];
    if (long >= 0) this.#failure = this.#tooLong();
    return blocks;
  }

  #whole(bytes: Buffer): LineBlock[] {
    return bytes.length > 0 ? [this.#block(bytes)] : [];
  }

  /** Each line that is invalid apart from the others. */
  *#parted(bytes: Buffer): Generator<LineBlock> {
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

  /** Whether a byte before the end of a line belongs to it. */
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

/** Checks at the call. */
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

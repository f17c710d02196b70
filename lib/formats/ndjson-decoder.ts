import { NullItemError } from '../core/errors.js';
import { excerpt } from './excerpt.js';
import { jsonError } from './json-error.js';
import type { LineBlock } from './line-block.js';
import { LineDecoder, type TextOptions } from './line-decoder.js';
import { ParseError } from './parse-error.js';

const BLANK = /^[ \t\r]*$/;
const SPACE = 0x20;

/**
 * Turns bytes into the JSON values of their lines, each parsed when it is asked for. Blank lines are none. What is
 * wrong with a line is thrown as `ParseError` after the values before it; the decoder is of no use then.
 */
export class NdjsonDecoder {
  readonly #lines: LineDecoder;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT, beginning with `who`: an option is out of range. */
  constructor(who: string, options?: TextOptions) {
    this.#lines = new LineDecoder(who, options);
  }

  /** How many of the latest chunks hold bytes of a line that has not ended. */
  get chunks(): number {
    return this.#lines.chunks;
  }

  /** The values of the lines that end in this chunk; to be read to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<unknown> {
    return new Values(this.#lines.write(chunk));
  }

  /** The value of the last line, if it has not ended. */
  end(): Iterable<unknown> {
    return new Values(this.#lines.end());
  }
}

/** Walks over values faster than a generator would be walked over. */
class Values implements IterableIterator<unknown> {
  readonly #blocks: Iterator<LineBlock>;
  #block: LineBlock | undefined;
  #lines: readonly string[] = [];
  #index = 0;

  constructor(blocks: Iterable<LineBlock>) {
    this.#blocks = blocks[Symbol.iterator]();
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<unknown> {
    do {
      while (this.#index < this.#lines.length) {
        const index = this.#index++;
        const line = this.#lines[index] as string;
        if (isBlank(line)) continue;
        return { done: false, value: parseLine(this.#block as LineBlock, index, line) };
      }
    } while (this.#advance());
    return { done: true, value: undefined };
  }

  #advance(): boolean {
    const { done, value } = this.#blocks.next();
    if (done) return false;
    this.#block = value;
    this.#lines = value.lines;
    this.#index = 0;
    return true;
  }
}

/** What JSON begins with is no space, so the first character nearly always decides. */
const isBlank = (line: string): boolean => !(line.charCodeAt(0) > SPACE) && BLANK.test(line);

function parseLine(block: LineBlock, index: number, line: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw located(block, index, line) ?? error;
  }
  if (value !== null) return value;
  const place = block.place(index, line.indexOf('null'));
  const cause = new NullItemError();
  throw new ParseError(place, 'null cannot be an item of a Node stream', { cause });
}

function located(block: LineBlock, index: number, line: string): ParseError | undefined {
  const error = jsonError(line);
  if (!error) return undefined;
  const place = block.place(index, error.at);
  return new ParseError(place, `${error.problem}, in \`${excerpt(line, error.at)}\``);
}

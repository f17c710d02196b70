import { SKIP } from '../../core/protocol/pull.js';
import type { Batch } from '../text/decoded-items.js';
import type { LineBlock } from '../text/line-block.js';
import { LineDecoder, type TextOptions } from '../text/line-decoder.js';
import { jsonValue } from './value.js';

const BLANK = /^[ \t\r]*$/;
const SPACE = 0x20;

/**
 * Turns bytes into the JSON values of their lines. A line is parsed when the caller reads its item. Blank lines are
 * skipped. A bad line throws `ParseError` after the values before it.
 */
export class NdjsonDecoder {
  readonly #lines: LineDecoder;

  /** @throws {ArgumentError} ERR_SLUICE_ARGUMENT: an option is out of range. The message begins with `who`. */
  constructor(who: string, options?: TextOptions) {
    this.#lines = new LineDecoder(who, options);
  }

  /** How many of the latest chunks contain bytes of an unfinished line. */
  get chunks(): number {
    return this.#lines.chunks;
  }

  /** The lines that end in this chunk. The caller reads them to the end before the next call. */
  write(chunk: Uint8Array | string): Iterable<Batch> {
    return batches(this.#lines.write(chunk));
  }

  /** The last line, if it has no line end. */
  end(): Iterable<Batch> {
    return batches(this.#lines.end());
  }
}

function* batches(blocks: Iterable<LineBlock>): Generator<Batch> {
  for (const block of blocks) yield new LineValues(block);
}

class LineValues implements Batch {
  readonly length: number;
  readonly #block: LineBlock;

  constructor(block: LineBlock) {
    this.#block = block;
    this.length = block.length;
  }

  item(at: number): unknown {
    const line = this.#block.item(at);
    return isBlank(line) ? SKIP : jsonValue(line, (unit) => this.#block.place(at, unit));
  }

  input(at: number): string {
    return this.#block.input(at);
  }

  line(at: number): number {
    return this.#block.line(at);
  }
}

/** JSON does not begin with a space, so the first character nearly always decides. */
const isBlank = (line: string): boolean => !(line.charCodeAt(0) > SPACE) && BLANK.test(line);

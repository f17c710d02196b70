import type { LineBlock } from './line-block.js';
import { ParseError, type Place } from './parse-error.js';
import type { QuoteFault } from './quote-scan.js';
import { quotedFields } from './quoted-fields.js';

/** One line of the input, as it stands in its block. */
export interface CsvLine {
  readonly block: LineBlock;
  readonly index: number;
}

/** A row of CSV: a line, or several where quotes hold line ends. */
export class CsvRow {
  /** Without its line end. */
  readonly text: string;
  readonly #block: LineBlock;
  readonly #index: number;
  readonly #kind: 'plain' | 'quoted' | QuoteFault;
  /** The lines behind the first. */
  #more: readonly CsvLine[] | undefined;

  /** `kind`: without quotes, with quotes that make sense, or with such as don't. */
  constructor(
    text: string,
    block: LineBlock,
    index: number,
    kind: 'plain' | 'quoted' | QuoteFault,
  ) {
    this.text = text;
    this.#block = block;
    this.#index = index;
    this.#kind = kind;
  }

  /** The row of several lines. */
  static of(lines: readonly [CsvLine, ...CsvLine[]], fault: QuoteFault | undefined): CsvRow {
    const [{ block, index }, ...more] = lines;
    const last = lines.length - 1;
    const texts = lines.map((line, at) => textOf(line) + (at < last ? endOf(line) : ''));
    const row = new CsvRow(texts.join(''), block, index, fault ?? 'quoted');
    row.#more = more;
    return row;
  }

  /** Throws `ParseError` where its quotes make no sense. */
  fields(delimiter: string): string[] {
    const kind = this.#kind;
    if (kind === 'plain') return this.text.split(delimiter);
    if (kind === 'quoted') return quotedFields(this.text, delimiter);
    throw new ParseError(this.#place(kind.at), kind.problem);
  }

  /** What is wrong with the row as a whole. */
  error(problem: string, options?: ErrorOptions): ParseError {
    return new ParseError(this.#place(0), problem, options);
  }

  /** Where the UTF-16 code unit `unit` of its text stands. */
  #place(unit: number): Place {
    let line: CsvLine = { block: this.#block, index: this.#index };
    let start = 0;
    for (const next of this.#more ?? []) {
      const end = start + textOf(line).length + endOf(line).length;
      if (unit < end) break;
      start = end;
      line = next;
    }
    return line.block.place(line.index, unit - start);
  }
}

const textOf = ({ block, index }: CsvLine): string => block.lines[index] as string;
const endOf = ({ block, index }: CsvLine): string => block.end(index);

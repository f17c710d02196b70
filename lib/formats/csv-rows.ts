import { type CsvLine, CsvRow } from './csv-row.js';
import type { LineBlock } from './line-block.js';
import { type QuoteFault, scanQuotes } from './quote-scan.js';

export interface CsvSyntax {
  /** One UTF-16 code unit. */
  readonly delimiter: string;
  /** Whether fields may stand in quotes. */
  readonly quotes: boolean;
  readonly maxRowBytes: number;
}

/**
 * Makes rows of lines: a line with quotes that are still open goes on in the next. A row that makes no sense ends with
 * the line in which it stops making any; so the rows behind it are what they would be without it.
 */
export class CsvRows {
  readonly #syntax: CsvSyntax;
  /** Lines of a row whose quotes are open. */
  #open: CsvLine[] = [];
  #openBytes = 0;
  #openUnits = 0;
  #openedAt = 0;

  constructor(syntax: CsvSyntax) {
    this.#syntax = syntax;
  }

  /** Whether a row has begun that has not ended. */
  get open(): boolean {
    return this.#open.length > 0;
  }

  /** The rows that end in these lines, without those that are blank. */
  take(block: LineBlock): CsvRow[] {
    const rows: CsvRow[] = [];
    for (const [index, text] of block.lines.entries()) {
      if (!this.open && !(this.#syntax.quotes && text.includes('"'))) {
        if (text !== '') rows.push(new CsvRow(text, block, index, 'plain'));
        continue;
      }
      const row = this.#follow({ block, index }, text);
      if (row) rows.push(row);
    }
    return rows;
  }

  /** The row that has not ended, if there is one: nothing can end it any more. */
  end(): CsvRow[] {
    if (!this.open) return [];
    return [this.#close({ at: this.#openedAt, problem: 'the quote is never closed' })];
  }

  /** Takes a line of a row with quotes; answers the row once it ends. */
  #follow(line: CsvLine, text: string): CsvRow | undefined {
    const { delimiter, maxRowBytes } = this.#syntax;
    const scan = scanQuotes(text, delimiter, this.open);
    if (scan.kind === 'closed' && !this.open)
      return new CsvRow(text, line.block, line.index, 'quoted');
    const before = this.#openUnits;
    this.#open.push(line);
    this.#openUnits += text.length + line.block.end(line.index).length;
    this.#openBytes += Buffer.byteLength(text) + 1;
    if (scan.kind === 'closed') return this.#close();
    if (scan.kind === 'fault') return this.#close({ ...scan, at: before + scan.at });
    if (scan.at >= 0) this.#openedAt = before + scan.at;
    if (this.#openBytes <= maxRowBytes) return undefined;
    const problem = `the quote is not closed within maxLineBytes, ${maxRowBytes}`;
    return this.#close({ at: this.#openedAt, problem });
  }

  #close(fault?: QuoteFault): CsvRow {
    const row = CsvRow.of(this.#open as [CsvLine, ...CsvLine[]], fault);
    this.#open = [];
    this.#openBytes = 0;
    this.#openUnits = 0;
    return row;
  }
}

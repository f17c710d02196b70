import { Writable } from 'node:stream';
import type { WriteStream } from 'node:tty';

const ESCAPE = '\x1b';
const TOKEN = new RegExp(`${ESCAPE}\\[\\d*[A-Za-z]|.`, 'gs');

/** A stream that emulates a terminal, for the few control sequences used here. */
export class Terminal extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly #cells: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows = 100) {
    super({ decodeStrings: false });
    this.columns = columns;
    this.rows = rows;
  }

  get stream(): WriteStream {
    return this as unknown as WriteStream;
  }

  /** The visible text, without trailing blanks. */
  get shown(): string {
    return this.#cells
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    for (const [token] of String(chunk).matchAll(TOKEN)) this.#obey(token);
    done();
  }

  #obey(token: string): void {
    if (token === '\n') [this.#row, this.#column] = [this.#row + 1, 0];
    else if (token === '\r') this.#column = 0;
    else if (token.endsWith('A') && token.length > 1)
      this.#row = Math.max(this.#row - Number(token.slice(2, -1)), 0);
    else if (token === '\x1b[J') this.#cells.splice(this.#row + 1);
    if (token === '\x1b[J' || token === '\x1b[K') this.#put(this.#line.slice(0, this.#column));
    if (token.length === 1 && !/[\r\n]/.test(token)) this.#letter(token);
    while (this.#cells.length <= this.#row) this.#cells.push('');
  }

  #letter(letter: string): void {
    if (this.#column === this.columns) [this.#row, this.#column] = [this.#row + 1, 0];
    while (this.#cells.length <= this.#row) this.#cells.push('');
    const line = this.#line.padEnd(this.#column);
    this.#put(line.slice(0, this.#column) + letter + line.slice(this.#column + 1));
    this.#column += 1;
  }

  get #line(): string {
    return this.#cells[this.#row] ?? '';
  }

  #put(line: string): void {
    this.#cells[this.#row] = line;
  }
}

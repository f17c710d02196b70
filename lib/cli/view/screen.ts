import type { WriteStream } from 'node:tty';
import { textWidth } from '../../formats/text/text-width.js';

const WIDTH = 80;
const HEIGHT = 24;

type Write = (...args: unknown[]) => boolean;

/**
 * Lines at the bottom of a terminal that are redrawn in place. When the process writes to the terminal or to `others`,
 * the lines are erased first, so that they are not left between the output.
 */
export class Screen {
  readonly #terminal: WriteStream;
  readonly #write: Write;
  readonly #restore: (() => void)[] = [];
  /** Called when the shell may have written: the lines are not where they were drawn. */
  readonly #forget = (): void => {
    this.#lines = [];
  };
  #lines: readonly string[] = [];
  /** Whether the output of others ends with a line end. */
  #isLineEnded = true;

  constructor(terminal: WriteStream, others: readonly WriteStream[]) {
    this.#terminal = terminal;
    this.#write = terminal.write.bind(terminal) as Write;
    for (const stream of new Set([terminal, ...others])) this.#watch(stream);
    process.on('SIGCONT', this.#forget);
  }

  get width(): number {
    return this.#terminal.columns || WIDTH;
  }

  /** How many lines there is room for. */
  get height(): number {
    return (this.#terminal.rows || HEIGHT) - 1;
  }

  /** Draws lines in place of those before. Each line fits into `width`. */
  draw(lines: readonly string[]): void {
    if (!this.#isLineEnded) return;
    // A line is erased before it is written: after a full line, the cursor is still on its last character.
    const text = lines.map((line) => `\x1b[K${line}\n`).join('');
    this.#write(`${this.#upwards()}${text}\x1b[J`);
    this.#lines = lines;
  }

  clear(): void {
    if (this.#lines.length === 0) return;
    this.#write(`${this.#upwards()}\x1b[J`);
    this.#lines = [];
  }

  /** Leaves the terminal as if nothing had been drawn. */
  close(): void {
    this.clear();
    if (!this.#isLineEnded) this.#write('\n');
    for (const restore of this.#restore) restore();
    process.off('SIGCONT', this.#forget);
  }

  /**
   * Moves the cursor to the first of the lines. In a terminal that has become narrower, long lines take several rows.
   */
  #upwards(): string {
    const rows = this.#lines.reduce(
      (sum, line) => sum + Math.max(Math.ceil(textWidth(line) / this.width), 1),
      0,
    );
    return rows === 0 ? '' : `\x1b[${rows}A\r`;
  }

  #watch(stream: WriteStream): void {
    const { write } = stream;
    stream.write = ((...args: unknown[]): boolean => {
      this.#makeWay(args[0]);
      return (write as Write).apply(stream, args);
    }) as typeof write;
    this.#restore.push(() => {
      stream.write = write;
    });
  }

  #makeWay(chunk: unknown): void {
    const { length } = chunk as string | Uint8Array;
    if (!length) return;
    this.clear();
    const last = (chunk as string | Uint8Array).at(-1);
    this.#isLineEnded = last === '\n' || last === 0x0a;
  }
}

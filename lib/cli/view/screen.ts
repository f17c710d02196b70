import type { WriteStream } from 'node:tty';
import { textWidth } from '../../formats/text/text-width.js';

const WIDTH = 80;
const HEIGHT = 24;

type Write = (...args: unknown[]) => boolean;

/**
 * Lines at the bottom of a terminal that are drawn anew in their place. They make way for whatever else is written there
 * by way of `others`: nothing of it is lost, and none of them stays in between.
 */
export class Screen {
  readonly #terminal: WriteStream;
  readonly #write: Write;
  readonly #restore: (() => void)[] = [];
  /** The shell has written by itself: what was drawn is not where it was. */
  readonly #forget = (): void => {
    this.#lines = [];
  };
  #lines: readonly string[] = [];
  /** What others have written ends a line. */
  #isFree = true;

  constructor(terminal: WriteStream, others: readonly WriteStream[]) {
    this.#terminal = terminal;
    this.#write = terminal.write.bind(terminal) as Write;
    for (const stream of new Set([terminal, ...others])) this.#watch(stream);
    process.on('SIGCONT', this.#forget);
  }

  get width(): number {
    return this.#terminal.columns || WIDTH;
  }

  /** Of how many lines there is room. */
  get height(): number {
    return (this.#terminal.rows || HEIGHT) - 1;
  }

  /** Draws lines in the place of those before. Each fits into `width`. */
  draw(lines: readonly string[]): void {
    if (!this.#isFree) return;
    // Erased before it is written: at the end of a full line the cursor still stands on its last letter.
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
    if (!this.#isFree) this.#write('\n');
    for (const restore of this.#restore) restore();
    process.off('SIGCONT', this.#forget);
  }

  /** To the first of the lines. In a terminal that has become narrower, long ones take several rows. */
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
    this.#isFree = last === '\n' || last === 0x0a;
  }
}

import type { Entry } from './entry.js';

/** A sorted run of entries, read block by block. */
export class Run<T> {
  readonly #more: (() => Promise<readonly Entry<T>[] | undefined>) | undefined;
  #block: readonly Entry<T>[];
  #at = 0;

  /** `more` reads the next block; it returns undefined at the end. */
  constructor(block: readonly Entry<T>[], more?: () => Promise<readonly Entry<T>[] | undefined>) {
    this.#block = block;
    this.#more = more;
  }

  /** The current entry; undefined after the last one. */
  get top(): Entry<T> | undefined {
    return this.#block[this.#at];
  }

  /** Moves to the next entry. In a run without a first block, the first call reads it. */
  advance(): void | Promise<void> {
    this.#at += 1;
    if (this.#at >= this.#block.length && this.#more) return this.#load(this.#more);
  }

  async #load(more: () => Promise<readonly Entry<T>[] | undefined>): Promise<void> {
    this.#block = (await more()) ?? [];
    this.#at = 0;
  }
}

import type { Entry } from './entry.js';

/** Entries in order, block by block. */
export class Run<T> {
  readonly #more: (() => Promise<readonly Entry<T>[] | undefined>) | undefined;
  #block: readonly Entry<T>[];
  #at = 0;

  /** `more` reads the next block; undefined is the end. */
  constructor(block: readonly Entry<T>[], more?: () => Promise<readonly Entry<T>[] | undefined>) {
    this.#block = block;
    this.#more = more;
  }

  /** The first entry that is left; undefined when there is none. */
  get top(): Entry<T> | undefined {
    return this.#block[this.#at];
  }

  /** Moves on to the next entry, or to the first one where that has not been read yet. */
  advance(): void | Promise<void> {
    this.#at += 1;
    if (this.#at >= this.#block.length && this.#more) return this.#load(this.#more);
  }

  async #load(more: () => Promise<readonly Entry<T>[] | undefined>): Promise<void> {
    this.#block = (await more()) ?? [];
    this.#at = 0;
  }
}

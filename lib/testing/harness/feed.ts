import { Counted } from './counted.js';

/** How many items a feed with an end has. */
export const WHOLE = 100;
/** More than any stage takes when its reader has stalled. */
const RUNAWAY = 20_000;

interface FeedOptions<I> {
  readonly input: readonly I[];
  readonly whole?: boolean;
}

/**
 * Repeats the input, endlessly or, with `whole`, up to `WHOLE` items. It notes what was asked for and whether it was
 * closed.
 */
export class Feed<I> {
  readonly counted = new Counted(RUNAWAY);
  readonly #input: readonly I[];
  readonly #length: number;

  constructor({ input, whole = false }: FeedOptions<I>) {
    this.#input = input;
    this.#length = whole ? WHOLE : Number.POSITIVE_INFINITY;
  }

  get asked(): number {
    return this.counted.asked;
  }

  get closed(): boolean {
    return this.counted.closed;
  }

  *items(): Generator<I, void> {
    for (const at of this.counted.items()) {
      if (at === this.#length) return;
      yield this.#input[at % this.#input.length] as I;
    }
  }

  async *later(): AsyncGenerator<I, void> {
    for await (const at of this.counted.later()) {
      if (at === this.#length) return;
      yield this.#input[at % this.#input.length] as I;
    }
  }
}

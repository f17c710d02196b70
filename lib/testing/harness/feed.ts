import { Counted } from './counted.js';

/** How many items there are for whoever needs to see the end. */
export const WHOLE = 100;
/** More than anybody takes who is not read. */
const RUNAWAY = 20_000;

interface FeedOptions<I> {
  readonly input: readonly I[];
  readonly whole?: boolean;
}

/** The input again and again, and what became of whoever gives it. It has an end where that is needed. */
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

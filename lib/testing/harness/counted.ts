/** Reading this many items proves that there is no bound. The check fails then instead of running for ever. */
const RUNAWAY = 20_000_000;

/** An endless sequence of numbers that counts the items asked for, and notes whether it was closed. */
export class Counted {
  asked = 0;
  closed = false;
  readonly #runaway: number;

  constructor(runaway = RUNAWAY) {
    this.#runaway = runaway;
  }

  *items(): Generator<number, void> {
    try {
      for (;;) {
        this.asked += 1;
        if (this.asked > this.#runaway)
          throw new Error(`asked for more than ${this.#runaway} items`);
        yield this.asked - 1;
      }
    } finally {
      this.closed = true;
    }
  }

  async *later(): AsyncGenerator<number, void> {
    try {
      yield* this.items();
    } finally {
      this.closed = false;
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.closed = true;
    }
  }
}

/** Nobody who minds a bound asks for this many: a test of one then fails, where it would run for ever. */
const RUNAWAY = 20_000_000;

/** Numbers without end that count how often one was asked for, and know whether they were closed. */
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

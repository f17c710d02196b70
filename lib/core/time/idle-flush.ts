/** Wakes a loop for one idle pass, in which steps emit what they hold, after a turn of the event loop. */
export class IdleFlush {
  /** True during the idle pass. */
  passing = false;
  readonly #pass: () => void;
  #due = false;

  constructor(wake: () => void, slice: { readonly over: boolean }) {
    this.#pass = () => {
      this.#due = false;
      // Input that only waits for the next time slice is not idle: try again later.
      if (slice.over) return this.soon();
      this.passing = true;
      wake();
      this.passing = false;
    };
  }

  soon(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(this.#pass);
  }
}

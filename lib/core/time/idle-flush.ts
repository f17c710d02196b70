/** Asks for one pass in which steps hand over what they hold, when the event loop has turned. */
export class IdleFlush {
  /** The pass is under way. */
  passing = false;
  readonly #pass: () => void;
  #due = false;

  constructor(wake: () => void, slice: { readonly over: boolean }) {
    this.#pass = () => {
      this.#due = false;
      // What the end of a time slice holds up is not quiet.
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

/** Asks for one pass in which steps hand over what they hold, when the event loop has turned. */
export class IdlePass {
  /** The pass is under way. */
  passing = false;
  readonly #pass: () => void;
  #due = false;

  constructor(wake: () => void) {
    this.#pass = () => {
      this.#due = false;
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

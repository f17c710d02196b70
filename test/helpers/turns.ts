/** Counts the turns of the event loop until it is stopped. */
export class Turns {
  count = 0;
  #going = true;

  constructor() {
    const turned = (): void => {
      this.count += 1;
      if (this.#going) setImmediate(turned);
    };
    setImmediate(turned);
  }

  stop(): number {
    this.#going = false;
    return this.count;
  }
}

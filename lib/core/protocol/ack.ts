/**
 * Acknowledges one item of a producer. The count starts at 1, for the item itself. Each stage that holds the item, and
 * each branch that gets it, adds 1 by `retain` and subtracts it by `release`. At 0 the item is done, and `settled` is
 * called with the latest answer.
 */
export class Ack {
  answer: unknown;
  #pending = 1;
  readonly #settled: ((answer: unknown) => void) | undefined;
  readonly #refused: (() => void) | undefined;

  constructor(settled?: (answer: unknown) => void, refused?: () => void) {
    this.#settled = settled;
    this.#refused = refused;
  }

  retain(): void {
    this.#pending += 1;
  }

  release(): void {
    this.#pending -= 1;
    if (this.#pending === 0) this.settle(this.answer);
  }

  protected settle(answer: unknown): void {
    this.#settled?.(answer);
  }

  /** The item was discarded before any stage took it. Without a `refused` callback, it counts as done. */
  refuse(): void {
    if (this.#refused) this.#refused();
    else this.release();
  }
}

export const retainAll = (acks: readonly Ack[]): void => {
  for (const ack of acks) ack.retain();
};

export const releaseAll = (acks: readonly Ack[]): void => {
  for (const ack of acks) ack.release();
};

export const answerAll = (acks: readonly Ack[] | undefined, answer: unknown): void => {
  if (acks) for (const ack of acks) ack.answer = answer;
};

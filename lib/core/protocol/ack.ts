/** Counts what has come of one item; when all of it is done, `settled` gets the last answer. */
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

  /** The item was never taken. Where that is nobody's loss, it counts as done. */
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

/** Counts what has come of one item; when all of it is done, `settle` gets the last answer. */
export class Ack {
  answer: unknown;
  #pending = 1;
  readonly #settle: (answer: unknown) => void;
  readonly #refused: (() => void) | undefined;

  constructor(settle: (answer: unknown) => void, refused?: () => void) {
    this.#settle = settle;
    this.#refused = refused;
  }

  retain(): void {
    this.#pending += 1;
  }

  release(): void {
    this.#pending -= 1;
    if (this.#pending === 0) this.#settle(this.answer);
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

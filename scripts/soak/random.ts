/** Draws by a seed: the same seed, the same draws. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below `count`. */
  below(count: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return Math.floor((((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32) * count);
  }

  from<T>(choices: readonly [T, ...T[]]): T;
  from<T>(choices: readonly T[]): T | undefined;
  from<T>(choices: readonly T[]): T | undefined {
    return choices[this.below(choices.length)];
  }
}

import { setImmediate as turn } from 'node:timers/promises';

/** The real one: a test may stop the clock of what it runs. */
const { setTimeout } = globalThis;

/** So many turns without anything to settle mean that nothing will ever come. */
const STUCK_AFTER = 1000;
/** So many turns are enough for whatever is late. */
const RESTED_AFTER = 5;

/** Settles promises one at a time, in an order that only its seed decides. */
export class Scheduler {
  /** Called whenever everything has come to rest. */
  rested: () => void = () => {};
  readonly #pending: (() => void)[] = [];
  #timers = 0;
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** What `act` answers or throws, when its turn has come. */
  later<T>(act: () => T): Promise<T> {
    return new Promise<void>((resolve) => this.#pending.push(resolve)).then(act);
  }

  /** What `act` answers or throws: at once, or in one of all the ways there are to be late. */
  anyTime<T>(act: () => T): T | Promise<T> {
    const way = this.pick(40);
    if (way < 12) return act();
    if (way < 18) return Promise.resolve().then(act);
    if (way < 22) return new Promise<void>((resolve) => process.nextTick(resolve)).then(act);
    if (way < 27) return turn().then(act);
    return way < 39 ? this.later(act) : this.#timer(act);
  }

  async #timer<T>(act: () => T): Promise<T> {
    this.#timers += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
    this.#timers -= 1;
    return act();
  }

  /** Settles all there is, and what comes of that. */
  async rest(): Promise<void> {
    for (let idle = 0; idle < RESTED_AFTER; idle += 1) if (await this.#settleOne()) idle = 0;
  }

  /** Whether there was anything to settle, or will be. */
  async #settleOne(): Promise<boolean> {
    await turn();
    this.rested();
    const [settle] = this.#pending.splice(this.pick(this.#pending.length), 1);
    settle?.();
    return settle !== undefined || this.#timers > 0;
  }

  /** From 0 to below `count`. */
  pick(count: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * count);
  }

  /** Settles what there is until `done` is settled, and hands that on. */
  async until<T>(done: Promise<T>): Promise<T> {
    let over = false;
    const end = () => {
      over = true;
    };
    done.then(end, end);
    for (let idle = 0; !over; idle += 1) {
      if (idle > STUCK_AFTER) throw new Error('nothing is left to settle, and it has not ended');
      if (await this.#settleOne()) idle = 0;
    }
    return done;
  }
}

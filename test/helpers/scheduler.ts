import { setImmediate as turn } from 'node:timers/promises';

/** The real timer, because tests may install fake ones. */
const { setTimeout } = globalThis;

/** After this many turns without a promise to settle, the run is stuck. */
const STUCK_AFTER = 1000;
/** After this many turns without a promise to settle, all is at rest. */
const RESTED_AFTER = 5;

/** Settles promises one at a time, in an order that depends only on the seed. */
export class Scheduler {
  /** Called whenever all is at rest. */
  rested: () => void = () => {};
  readonly #pending: (() => void)[] = [];
  #timers = 0;
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Calls `act` when the scheduler picks it; resolves to its value. */
  later<T>(act: () => T): Promise<T> {
    return new Promise<void>((resolve) => this.#pending.push(resolve)).then(act);
  }

  /** Calls `act` at a random time: at once, after a microtask, a tick, a turn or a timer, or when picked. */
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

  /** Settles promises until none is left. */
  async rest(): Promise<void> {
    for (let idle = 0; idle < RESTED_AFTER; idle += 1) if (await this.#settleOne()) idle = 0;
  }

  /** Settles one promise; returns whether there was one, or a timer is pending. */
  async #settleOne(): Promise<boolean> {
    await turn();
    this.rested();
    const [settle] = this.#pending.splice(this.pick(this.#pending.length), 1);
    settle?.();
    return settle !== undefined || this.#timers > 0;
  }

  /** An integer from 0 up to, and not including, `count`. */
  pick(count: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * count);
  }

  /** Settles promises until `done` has settled; resolves or rejects like it. */
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

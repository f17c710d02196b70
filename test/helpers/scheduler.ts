import { setImmediate as turn } from 'node:timers/promises';

/** So many turns without anything to settle mean that nothing will ever come. */
const STUCK_AFTER = 1000;

/** Settles promises one at a time, in an order that only its seed decides. */
export class Scheduler {
  /** Called whenever everything has come to rest. */
  rested: () => void = () => {};
  readonly #pending: (() => void)[] = [];
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** What `act` answers or throws, when its turn has come. */
  later<T>(act: () => T): Promise<T> {
    return new Promise<void>((resolve) => this.#pending.push(resolve)).then(act);
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
      await turn();
      this.rested();
      if (idle > STUCK_AFTER) throw new Error('nothing is left to settle, and it has not ended');
      const [settle] = this.#pending.splice(this.pick(this.#pending.length), 1);
      if (!settle) continue;
      settle();
      idle = 0;
    }
    return done;
  }
}

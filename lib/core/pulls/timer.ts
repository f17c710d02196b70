import type { Host } from '../protocol/host.js';
import { WAIT } from '../protocol/pull.js';

/** A timer of a pull: wakes the host when the time has come. Once cleared, it never does. */
export class Timer {
  readonly #host: Host;
  #timer: NodeJS.Timeout | undefined;
  #rang = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** True when the time has come, until the timer is cleared or set again. */
  get rang(): boolean {
    return this.#rang;
  }

  /** True if the timer is running or has rung. */
  get busy(): boolean {
    return this.#rang || this.#timer !== undefined;
  }

  /** Starts the timer anew. */
  set(ms: number): void {
    this.clear();
    this.#host.waiting();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#rang = true;
      this.#host.arrived();
      this.#host.wake();
    }, ms);
  }

  /** Starts the timer, unless it is running or has rung already. Returns `WAIT`. */
  wait(ms: number): typeof WAIT {
    if (!this.busy) this.set(Math.ceil(ms));
    return WAIT;
  }

  /** As `wait`, but starts the timer again if it has rung: timers of Node may ring a little early. */
  waitOut(ms: number): typeof WAIT {
    if (this.#rang || !this.busy) this.set(Math.ceil(ms));
    return WAIT;
  }

  clear(): void {
    this.#rang = false;
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#host.arrived();
  }
}

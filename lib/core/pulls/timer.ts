import type { Host } from '../protocol/host.js';
import { WAIT } from '../protocol/pull.js';

/** One timer of something in a host: wakes it when the time has come, and is never heard of again once cleared. */
export class Timer {
  readonly #host: Host;
  #timer: NodeJS.Timeout | undefined;
  #rang = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** It was set, the time has come, and nobody has cleared it since. */
  get rang(): boolean {
    return this.#rang;
  }

  /** It is set, or has rung. */
  get busy(): boolean {
    return this.#rang || this.#timer !== undefined;
  }

  /** Instead of what it was set to. */
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

  /** Waits for that time, or for what it is set to already. */
  wait(ms: number): typeof WAIT {
    if (!this.busy) this.set(Math.ceil(ms));
    return WAIT;
  }

  /** Waits for no less than that: a timer may ring a little early, and is set again then. */
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

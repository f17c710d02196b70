import { nowMs } from './clock.js';
import { afterThisTurn, isThisTurn, SLICE_MS, thisTurn } from './event-loop.js';

interface Waiting {
  /** Called in nobody's asynchronous context. */
  resume(): void;
}

/** One turn of the event loop, and the time that all loops of a run share in it: one feeds the other. */
export class Turn {
  /** Nothing of the run moves any more until the event loop has turned, so that the order of all stays what it is. */
  over = false;
  /** All that move items in it. */
  readonly loops = new Set<{ ready: boolean }>();
  /** Promises that are there already wake a loop without letting the event loop turn. */
  #eventLoopTurn = -1;
  #deadline = 0;
  #lastLook = 0;
  #waiting: Waiting[] = [];

  look(now: number): void {
    if (!this.#isCurrent) this.#begin(now);
    this.#lastLook = now;
    if (now >= this.#deadline && !this.over) this.#end();
  }

  /** The time, in ms: exactly, unless it has been looked at since the event loop turned. */
  now(): number {
    return this.#isCurrent ? this.#lastLook : nowMs();
  }

  /** Goes on in the next one, in the order of coming here. */
  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  get #isCurrent(): boolean {
    return isThisTurn(this.#eventLoopTurn);
  }

  #begin(now: number): void {
    this.#eventLoopTurn = thisTurn();
    this.#deadline = now + SLICE_MS;
  }

  #end(): void {
    this.over = true;
    for (const loop of this.loops) loop.ready = false;
    afterThisTurn(() => {
      this.over = false;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const each of waiting) each.resume();
    });
  }
}

import { nowMs } from './clock.js';
import { afterThisTurn, isThisTurn, SLICE_MS, thisTurn } from './event-loop.js';

interface Waiting {
  /** Called outside the asynchronous context of the run. */
  resume(): void;
}

/**
 * The time slice in one turn of the event loop, which all loops of a run share. They stop and go on together: a loop
 * that feeds another would otherwise run ahead of it, or wait for it.
 */
export class Turn {
  /** True once the time is used up: no loop of the run moves an item until the event loop has turned. */
  over = false;
  /** The loops that share it. */
  readonly loops = new Set<{ ready: boolean }>();
  /** The turn in which the slice began. A promise that is resolved already wakes a loop again in the same turn. */
  #eventLoopTurn = -1;
  #deadline = 0;
  #lastLook = 0;
  #waiting: Waiting[] = [];

  look(now: number): void {
    if (!this.#isCurrent) this.#begin(now);
    this.#lastLook = now;
    if (now >= this.#deadline && !this.over) this.#end();
  }

  /** The time in ms: that of the last look at the clock in this turn, or else read anew. */
  now(): number {
    return this.#isCurrent ? this.#lastLook : nowMs();
  }

  /** Calls `resume` in the next turn, in the order in which the loops called `wait`. */
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

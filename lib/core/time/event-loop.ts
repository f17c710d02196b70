import { nowMs } from './clock.js';

/**
 * After so many ms without a turn of the event loop, a synchronous run waits for one; so do many short runs in a row.
 */
export const SLICE_MS = 10;

/** Kept, because a test may replace the global one by a fake for a while. */
const { setImmediate } = globalThis;

let turns = 0;
let began = 0;
let isWatched = false;
let waiting: (() => void)[] = [];

const turned = (): void => {
  isWatched = false;
  turns += 1;
  const all = waiting;
  waiting = [];
  for (const act of all) act();
};

/**
 * The number of the current turn of the event loop. One immediate counts it for all callers: an immediate per caller
 * would keep everything that the caller refers to in memory until the next turn.
 */
export function thisTurn(): number {
  if (!isWatched) {
    isWatched = true;
    began = nowMs();
    setImmediate(turned);
  }
  return turns;
}

/** Calls `act` when the event loop has turned. It runs in no particular asynchronous context. */
export function afterThisTurn(act: () => void): void {
  thisTurn();
  waiting.push(act);
}

export const isThisTurn = (turn: number): boolean => turn === turns;

/** Whether the event loop should turn: the first call in this turn, here or of `thisTurn`, was `SLICE_MS` ago. */
export function isTurnOverdue(): boolean {
  thisTurn();
  return nowMs() - began >= SLICE_MS;
}

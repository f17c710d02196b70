import { nowMs } from './clock.js';

/** A long synchronous run lets the event loop turn after this many ms, and so do many short ones in a row. */
export const SLICE_MS = 10;

/** The real one: a test that fakes it for a while must not leave us waiting for ever. */
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
 * This turn of the event loop, for those who want to know whether it is still going on. One immediate serves all of
 * them: each would keep what it belongs to in memory until then.
 */
export function thisTurn(): number {
  if (!isWatched) {
    isWatched = true;
    began = nowMs();
    setImmediate(turned);
  }
  return turns;
}

/** Acts when the event loop has turned: in nobody's asynchronous context. */
export function afterThisTurn(act: () => void): void {
  thisTurn();
  waiting.push(act);
}

export const isThisTurn = (turn: number): boolean => turn === turns;

/** Whether the event loop should turn: it has not since somebody asked, that long ago. */
export function isTurnOverdue(): boolean {
  thisTurn();
  return nowMs() - began >= SLICE_MS;
}

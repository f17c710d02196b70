import { setImmediate as turn } from 'node:timers/promises';

const ENDLESS = Number.POSITIVE_INFINITY;

/** Gives numbers, and takes some turns of the event loop to close. */
export const slowToClose = (log: string[], name = 'source', count = ENDLESS) =>
  async function* source() {
    try {
      for (let x = 0; x < count; x += 1) yield x;
    } finally {
      for (let turns = 0; turns < 4; turns += 1) await turn();
      log.push(`${name} closed`);
    }
  };

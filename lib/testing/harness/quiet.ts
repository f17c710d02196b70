import { setImmediate as turn } from 'node:timers/promises';

const TURNS = 10;

/** Resolves with `look()` once it has not changed for some turns of the event loop. */
export async function quiet<T>(look: () => T): Promise<T> {
  let seen = look();
  for (let turns = 0; turns < TURNS; turns += 1) {
    await turn();
    const now = look();
    if (now !== seen) turns = 0;
    seen = now;
  }
  return seen;
}

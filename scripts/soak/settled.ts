import { setTimeout as later } from 'node:timers/promises';

const ROUNDS = 6;
const PAUSE_MS = 15;

/** What is over has time to close, then garbage is collected; what it ends (by finalizers) needs another round. */
export async function settled(): Promise<void> {
  const { gc } = globalThis;
  if (!gc) throw new Error('needs node --expose-gc; start it by npm run soak');
  for (let round = 0; round < ROUNDS; round += 1) {
    await later(PAUSE_MS);
    gc();
  }
}

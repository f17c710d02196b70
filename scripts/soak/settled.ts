import { setTimeout as later } from 'node:timers/promises';

const ROUNDS = 6;
const PAUSE_MS = 15;

/**
 * Gives streams time to close, then collects garbage. It takes several rounds, because finalizers free more objects.
 */
export async function settled(): Promise<void> {
  const { gc } = globalThis;
  if (!gc) throw new Error('needs node --expose-gc; start it by npm run soak');
  for (let round = 0; round < ROUNDS; round += 1) {
    await later(PAUSE_MS);
    gc();
  }
}

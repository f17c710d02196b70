import { setTimeout as sleep } from 'node:timers/promises';
import { errorName } from './failure.js';

const TICK_MS = 20;
/** Two seconds, or longer where the event loop is late. */
const PATIENCE_TICKS = 100;

/** Waits in short steps: an event loop that is held up by other runs makes it longer. */
export async function ticks(count: number, signal?: AbortSignal): Promise<void> {
  for (let at = 0; at < count && !signal?.aborted; at += 1) await sleep(TICK_MS);
}

/** How a run ends: `resolved`, `pending`, or the name of its error. */
export async function settles(run: Promise<unknown>): Promise<string> {
  const over = new AbortController();
  const settled = run.then(() => 'resolved', errorName);
  const late = ticks(PATIENCE_TICKS, over.signal).then(() => 'pending');
  const how = await Promise.race([settled, late]);
  over.abort();
  return how;
}

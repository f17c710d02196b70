import type { EventEmitter } from 'node:events';
import { quiet } from './quiet.js';

/** How many listeners each event of an emitter has. */
export function listeners(emitter: EventEmitter): Record<string, number> {
  return Object.fromEntries(
    emitter.eventNames().map((event) => [String(event), emitter.listenerCount(event)]),
  );
}

/** Waits for the runs' shared listener on the process, which is removed a turn after the last run. */
export async function runsOver(): Promise<void> {
  await quiet(() => process.listenerCount('beforeExit'));
}

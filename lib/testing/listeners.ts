import type { EventEmitter } from 'node:events';

/** How many listeners each event of an emitter has. */
export function listeners(emitter: EventEmitter): Record<string, number> {
  return Object.fromEntries(
    emitter.eventNames().map((event) => [String(event), emitter.listenerCount(event)]),
  );
}

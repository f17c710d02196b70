import { setImmediate as turn } from 'node:timers/promises';

/** How a callback returns: at once, with a settled promise, or after a turn of the event loop. */
export type Wait = 'now' | 'promise' | 'turn';

export const waits: readonly Wait[] = ['now', 'promise', 'turn'];

export function after<T>(wait: Wait, act: () => T): T | Promise<T> {
  if (wait === 'now') return act();
  if (wait === 'turn') return turn().then(act);
  return new Promise((resolve) => {
    resolve(act());
  });
}

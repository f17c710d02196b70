import type { EventEmitter } from 'node:events';

/** Resolves when a stream has closed, whether it failed or not. */
export const closed = (stream: EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    stream.once('close', resolve);
  });

import type { Readable, Writable } from 'node:stream';

/** Resolves when a stream has closed, whether or not it failed. */
export function gone(stream: Readable | Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', resolve);
  });
}

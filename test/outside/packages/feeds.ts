import { randomBytes } from 'node:crypto';
import type { Feed } from './kind.js';

export function* repeated(chunk: Buffer): Generator<Buffer> {
  for (;;) yield chunk;
}

/** A chunk, thrice or for ever. */
export const feedOf = (chunk: Buffer): Feed => ({
  short: () => [chunk, chunk, chunk],
  long: () => repeated(chunk),
});

/** Lines, which are rows of CSV too. */
export const rows = feedOf(Buffer.from('some,value\n'.repeat(400)));

/** Bytes that no compression makes smaller, so that something comes out soon. */
export const noise = feedOf(randomBytes(64 * 1024));

/**
 * Writes chunks into a stream that is to be read, one a turn, while it lets itself be written to. It has no `error`
 * listener: what the pipeline leaves unheard must be seen.
 */
export function feedInto(stream: Written, chunks: Iterable<Buffer>): void {
  const iterator = chunks[Symbol.iterator]();
  let waits = false;
  const next = (): void => {
    waits = false;
    if (stream.destroyed || stream.writable === false) return;
    const { value, done } = iterator.next();
    if (done) return void stream.end();
    waits = !stream.write(value);
    if (!waits) setImmediate(next);
  };
  // Added once, so that it doesn't count among the listeners that a run leaves.
  stream.on('drain', () => {
    if (waits) setImmediate(next);
  });
  next();
}

interface Written {
  readonly destroyed?: boolean;
  readonly writable?: boolean;
  write(chunk: Buffer): boolean;
  end(): unknown;
  on(event: 'drain', listener: () => void): unknown;
}

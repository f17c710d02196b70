import type { Readable } from 'node:stream';
import type { Drain } from '../core/protocol/drain.js';
import { WAIT } from '../core/protocol/pull.js';

/** The drain of a segment that is read as a stream: pushes items to the stream for as long as it takes them. */
export function outlet(stream: Readable): Drain<unknown, void> {
  return {
    name: 'output',
    transparent: true,
    take: (item) => (stream.push(item) ? undefined : WAIT),
    waits: () => [{ what: 'a reader', held: stream.readableLength, outside: true }],
    end: () => {
      stream.push(null);
    },
  };
}

import type { Duplex, Readable, Writable } from 'node:stream';

type Side = Partial<
  Pick<Readable, 'readableFlowing' | 'readableLength' | 'readableDidRead' | 'readableEncoding'>
> &
  Partial<Pick<Writable, 'writableLength' | 'writableEnded' | 'writableCorked'>>;

/**
 * Whether nobody has used this stream yet: no listener but its own, nothing piped, read or written. Only then can it
 * become part of a segment without anybody noticing.
 */
export function untouched(stream: Readable | Writable | Duplex, ownListeners: number): boolean {
  const side: Side = stream;
  return (
    listeners(stream) === ownListeners &&
    (side.readableFlowing ?? null) === null &&
    !side.readableDidRead &&
    !side.readableEncoding &&
    !side.readableLength &&
    !side.writableLength &&
    !side.writableEnded &&
    !side.writableCorked
  );
}

export function listeners(stream: Readable | Writable): number {
  return stream.eventNames().reduce((sum, event) => sum + stream.listenerCount(event), 0);
}

import type { Readable, Writable } from 'node:stream';

const ignore = (): void => {};

/** What we are destroying now. */
const destroying = new WeakSet<object>();

/**
 * Destroys a stream of the user's and resolves once it is closed. Its error event is listened to until then: an error
 * that has been reported already must not end the process.
 */
export function destroyed(stream: Readable | Writable, error?: unknown): Promise<void> {
  if (stream.closed || stream === process.stdout || stream === process.stderr)
    return Promise.resolve();
  return new Promise((resolve) => {
    stream.on('error', ignore);
    if (emitsClose(stream)) destroying.add(stream);
    stream.once('close', () => {
      destroying.delete(stream);
      stream.off('error', ignore);
      resolve();
    });
    stream.destroy(error instanceof Error ? error : undefined);
    if (!emitsClose(stream)) resolve();
  });
}

/** Whether an error tells no more than that we have destroyed the stream ourselves. */
export const isOwnDoing = (stream: Readable | Writable, error: Error): boolean =>
  destroying.has(stream) && (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Streams made with `emitClose: false` never say that they are closed. */
function emitsClose(stream: Readable | Writable): boolean {
  const state = stream as {
    _readableState?: { emitClose?: boolean };
    _writableState?: { emitClose?: boolean };
  };
  return (state._readableState ?? state._writableState)?.emitClose !== false;
}

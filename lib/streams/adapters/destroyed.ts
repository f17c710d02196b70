import type { Readable, Writable } from 'node:stream';

/**
 * Destroys a stream of the user's; resolves, once it is closed, to the error that it has emitted meanwhile. That is
 * listened to, as an error that has been reported already must not end the process.
 */
export function destroyed(stream: Readable | Writable, error?: unknown): Promise<unknown> {
  if (stream === process.stdout || stream === process.stderr) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    let emitted: unknown;
    const note = (failure: unknown): void => {
      emitted ??= failure;
    };
    const closed = (): void => {
      stream.off('error', note);
      resolve(emitted);
    };
    stream.on('error', note);
    // It calls itself closed a tick before it emits its error.
    if (stream.closed) return process.nextTick(closed);
    stream.once('close', closed);
    if (isServerRequest(stream)) stream.socket = null;
    stream.destroy(error instanceof Error ? error : undefined);
    if (!emitsClose(stream)) resolve(undefined);
  });
}

/** A request that is not read to its end takes the socket with it, and with that the response, unless it has none. */
function isServerRequest(stream: object): stream is { socket: unknown } {
  const { httpVersion, method } = stream as { httpVersion?: unknown; method?: unknown };
  return typeof httpVersion === 'string' && typeof method === 'string';
}

/** Streams made with `emitClose: false` never say that they are closed. */
function emitsClose(stream: Readable | Writable): boolean {
  const state = stream as {
    _readableState?: { emitClose?: boolean };
    _writableState?: { emitClose?: boolean };
  };
  return (state._readableState ?? state._writableState)?.emitClose !== false;
}

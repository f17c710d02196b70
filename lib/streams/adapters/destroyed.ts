import type { Readable, Writable } from 'node:stream';

/**
 * Destroys a stream. Resolves, once it is closed, with the error that it emitted meanwhile. That error has a listener,
 * because one that was reported already must not end the process.
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
    // A stream sets `closed` one tick before it emits its error.
    if (stream.closed) return process.nextTick(closed);
    stream.once('close', closed);
    if (isServerRequest(stream)) stream.socket = null;
    stream.destroy(error instanceof Error ? error : undefined);
    if (!emitsClose(stream)) resolve(undefined);
  });
}

/**
 * Destroying a server request that was not read to its end destroys its socket and the response, unless `socket` is
 * null.
 */
function isServerRequest(stream: object): stream is { socket: unknown } {
  const { httpVersion, method } = stream as { httpVersion?: unknown; method?: unknown };
  return typeof httpVersion === 'string' && typeof method === 'string';
}

/** Streams made with `emitClose: false` never emit `close`. */
function emitsClose(stream: Readable | Writable): boolean {
  const state = stream as {
    _readableState?: { emitClose?: boolean };
    _writableState?: { emitClose?: boolean };
  };
  return (state._readableState ?? state._writableState)?.emitClose !== false;
}

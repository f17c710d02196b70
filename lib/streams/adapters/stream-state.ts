import { type Duplex, Readable, Writable } from 'node:stream';
import { Entry } from './entry.js';

/*
 * What state a stream is in: one of Node's, of a version of readable-stream, or of a package with streams of its own.
 */

export type NodeStream = Readable | Writable | Duplex;

type StreamState = NodeStream & {
  readonly _readableState?: Readonly<
    Record<'emitClose' | 'reading' | 'ended' | 'endEmitted', boolean>
  >;
  readonly _writableState?: Readonly<Record<'emitClose' | 'finished', boolean>>;
};

export const hasEnded = (stream: NodeStream): boolean =>
  (stream as StreamState)._readableState?.endEmitted ?? hasEndedItself(stream);

/** An entry finishes a tick after its end, which it passes on at once. */
export function hasFinished(stream: NodeStream): boolean {
  if (stream instanceof Entry) return stream.ended;
  const { writableFinished, _writableState: state } = stream as StreamState & Partial<Writable>;
  return writableFinished ?? state?.finished ?? hasEndedItself(stream);
}

/** Streams of minipass have a flag of their own, and those of streamx destroy themselves. */
export const hasEndedItself = (stream: NodeStream): boolean =>
  (stream as { emittedEnd?: boolean }).emittedEnd ?? isDestroyed(stream);

/** Node does not see that it was destroyed if it is not of Node's own making, or has its end behind it but not read. */
export function isSilent(stream: NodeStream): boolean {
  const { endEmitted, ended } = (stream as StreamState)._readableState ?? {};
  return isDestroyed(stream) && !endEmitted && (!(stream instanceof Readable) || ended === true);
}

/** Only of streams of Node's and of streamx is it certain that they emit `close`. */
export function willClose(stream: NodeStream): boolean {
  const { _readableState: reading, _writableState: writing } = stream as StreamState;
  return isStreamx(stream) || (isNodes(stream) && (reading ?? writing)?.emitClose !== false);
}

export const isNodes = (stream: NodeStream): boolean =>
  stream instanceof Readable || stream instanceof Writable;

/** Its `destroyed` says that it is closed, and `destroying` that it will be. */
export const isStreamx = (
  stream: NodeStream,
): stream is NodeStream & { readonly destroying: boolean } => 'destroying' in stream;

/** Old versions of through2 have a flag of their own. */
export const isDestroyed = (stream: NodeStream): boolean =>
  stream.destroyed ||
  (isStreamx(stream) && stream.destroying) ||
  (stream as { _destroyed?: unknown })._destroyed === true;

export const isClosed = (stream: NodeStream): boolean =>
  stream.closed || (isStreamx(stream) && stream.destroyed);

/**
 * Whether a stream was made by `Readable.from`, and its iterator is giving an item: `destroy` then waits for that item,
 * which may never come. Node gives no other sign of such a stream than that its `_destroy` is its own and has no name.
 */
export function isInsideNext(stream: NodeStream): boolean {
  const { _destroy: destroy, _readableState: state } = stream as StreamState;
  return Object.hasOwn(stream, '_destroy') && destroy.name === '' && state?.reading === true;
}

import type { Readable, Writable } from 'node:stream';
import { UsedError } from '../../core/base/errors.js';

/*
 * Keys under which copies of this package know each other's streams, as the classes of another copy are others. A copy
 * takes those streams for what they are, streams, and never asks for a plan. The number in a key changes with what
 * stands under it.
 */

/** The method that ends one of our streams gracefully, as if its input had ended. */
export const STOP: unique symbol = Symbol.for('sluice.stop.1');

/** The method by which a stage or a sink gets to know who writes to it, to be told to stop when it has enough. */
export const FEED: unique symbol = Symbol.for('sluice.feed.1');

export interface Stoppable {
  [STOP]?(): void;
}

/** A stage or a sink, of this copy or of another one. Only a sink has a result. */
export interface Fed extends Writable {
  [FEED](feeder: Stoppable): void;
  result?(): Promise<unknown>;
}

export const isFed = (value: unknown): value is Fed =>
  typeof (value as Partial<Fed> | null | undefined)?.[FEED] === 'function';

/** Refuses a part of another copy that is spent, as one of ours would: as a stream, it could only fail with less to say. */
export function unspent<S extends Readable | Writable>(stream: S): S {
  const isPart = STOP in stream || FEED in stream;
  if (isPart && stream.destroyed) throw new UsedError(stream.constructor.name);
  return stream;
}

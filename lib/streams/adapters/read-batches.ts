import { isAsyncIterable, isIterable } from '../../core/pulls/iterable-pull.js';

const TO_ASYNC = Symbol.for('Stream.toAsyncStreamable');
const TO_SYNC = Symbol.for('Stream.toStreamable');

interface Streamable {
  [TO_ASYNC]?(): unknown;
  [TO_SYNC]?(): unknown;
}

export const isStreamable = (value: object): value is Streamable =>
  TO_ASYNC in value || TO_SYNC in value;

/**
 * The chunks of what Node's `stream/iter` reads: of a readable of its own, whose items are arrays of chunks, or of an
 * object that says how it becomes one. Undefined for anything else. A readable is known by having no prototype, so
 * that arrays of bytes in a user's iterable stay items. Nothing of `stream/iter` is loaded.
 */
export function chunksIn(value: unknown): Iterable<unknown> | AsyncIterable<unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!isAsyncIterable(value) && !isIterable(value))
    return isStreamable(value) ? made(value) : undefined;
  return Object.getPrototypeOf(value) === null ? opened(value) : undefined;
}

const opened = (batches: Iterable<unknown> | AsyncIterable<unknown>) =>
  isAsyncIterable(batches) ? openedLater(batches) : openedNow(batches);

function* openedNow(batches: Iterable<unknown>): Generator<unknown> {
  for (const batch of batches) {
    if (isBatch(batch)) yield* batch;
    else yield batch;
  }
}

async function* openedLater(batches: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const batch of batches) {
    if (isBatch(batch)) yield* batch;
    else yield batch;
  }
}

const isBatch = (item: unknown): item is readonly Uint8Array[] =>
  Array.isArray(item) && item.every((chunk) => chunk instanceof Uint8Array);

async function* made(value: Streamable): AsyncGenerator<unknown> {
  const items = await (value[TO_ASYNC] ?? value[TO_SYNC])?.call(value);
  if (typeof items === 'string' || items instanceof Uint8Array) yield items;
  else if (isAsyncIterable(items) || isIterable(items)) yield* opened(items);
  else throw new TypeError(`expected chunks of bytes or text to read, got ${typeof items}`);
}

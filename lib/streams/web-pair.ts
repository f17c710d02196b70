import type { ReadableStream, WritableStream } from 'node:stream/web';
import { isWebReadable } from './read-web.js';
import { isWebWritable } from './write-web.js';

/** Two web streams, one to write to and one to read what comes of it, such as a `TransformStream`. */
export interface WebPair {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}

export function isWebPair(value: unknown): value is WebPair {
  if (typeof value !== 'object' || value === null) return false;
  const { readable, writable } = value as Partial<WebPair>;
  return isWebReadable(readable) && isWebWritable(writable);
}

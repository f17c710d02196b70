import type { Duplex, Readable, Writable } from 'node:stream';
import type { ReadableStream, WritableStream } from 'node:stream/web';
import { isWebReadable } from './read-web.js';
import { isWebWritable } from './write-web.js';

const isStream = (value: unknown, method: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { on?: unknown }).on === 'function' &&
  typeof (value as Record<string, unknown>)[method] === 'function';

export const isReadable = (value: unknown): value is Readable => isStream(value, 'read');

export const isWritable = (value: unknown): value is Writable => isStream(value, 'write');

export const isDuplex = (value: unknown): value is Duplex => isReadable(value) && isWritable(value);

/** Two web streams, one that is written and one that gives the results, such as a `TransformStream`. */
export interface WebPair {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}

export function isWebPair(value: unknown): value is WebPair {
  if (typeof value !== 'object' || value === null) return false;
  const { readable, writable } = value as Partial<WebPair>;
  return isWebReadable(readable) && isWebWritable(writable);
}

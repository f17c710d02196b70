import type { Duplex, Readable, Writable } from 'node:stream';

const isStream = (value: unknown, method: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { on?: unknown }).on === 'function' &&
  typeof (value as Record<string, unknown>)[method] === 'function';

export const isReadable = (value: unknown): value is Readable => isStream(value, 'read');
export const isWritable = (value: unknown): value is Writable => isStream(value, 'write');
export const isDuplex = (value: unknown): value is Duplex => isReadable(value) && isWritable(value);

import { Readable } from 'node:stream';

/** A stream that never gives an item, nor ends. */
export const never = (): Readable => new Readable({ objectMode: true, read: () => {} });

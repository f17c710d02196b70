/** The number of bytes of an item in a stream of bytes. */
export const byteLength = (item: unknown): number =>
  typeof item === 'string' ? Buffer.byteLength(item) : ((item as Uint8Array).byteLength ?? 0);

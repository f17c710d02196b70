import type { Host } from '../core/host.js';

/** What node:zlib says of input that ends in the middle: after a graceful stop, that is only to be expected. */
const UNEXPECTED_END = 'Z_BUF_ERROR';

export const cutShort = (host: Host, error: unknown): boolean =>
  host.run.cut && (error as { code?: unknown } | null)?.code === UNEXPECTED_END;

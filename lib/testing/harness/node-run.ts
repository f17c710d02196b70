import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Node's own pipeline. The cast is needed because its types accept no plain iterables and no results. */
export function nodeRun(
  parts: readonly unknown[],
  options: { signal?: AbortSignal } = {},
): Promise<unknown> {
  return pipeline(parts as Readable[], options);
}

import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Node's own pipeline, without its types: they know neither plain iterables nor results. */
export function nodeRun(
  parts: readonly unknown[],
  options: { signal?: AbortSignal } = {},
): Promise<unknown> {
  return pipeline(parts as Readable[], options);
}

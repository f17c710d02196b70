import { compiling } from '../../lib/core/fused.js';

/** Runs with segments compiled from item `after` on, without a pause: 0 for the first, Infinity for never. */
export function compiledAfter<T>(after: number, run: () => T | Promise<T>): Promise<T> {
  return compilingAs({ after, pause: 0 }, run);
}

/** Runs with what decides when a segment is compiled set to something else than usual. */
export async function compilingAs<T>(
  wish: Partial<typeof compiling>,
  run: () => T | Promise<T>,
): Promise<T> {
  const usual = { ...compiling };
  Object.assign(compiling, wish);
  try {
    return await run();
  } finally {
    Object.assign(compiling, usual);
  }
}

/** Whether whoever asks has been called by a generated loop. */
export function inGeneratedCode(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 20;
  const { stack = '' } = new Error('who called?');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.includes('sluice:segment-');
}

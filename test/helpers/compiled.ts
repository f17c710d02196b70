import { compiling } from '../../lib/core/compile/generate.js';

/** Runs with segments compiled from item `after` on: 0 for the first, Infinity for never. */
export async function compiledAfter<T>(after: number, run: () => T | Promise<T>): Promise<T> {
  const usual = compiling.after;
  compiling.after = after;
  try {
    return await run();
  } finally {
    compiling.after = usual;
  }
}

/** Whether the caller was called by a generated loop. */
export function inGeneratedCode(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 20;
  const { stack = '' } = new Error('who called?');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.includes('sluice:segment-');
}

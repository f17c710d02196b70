import { setImmediate as turn } from 'node:timers/promises';
import { Unhandled } from './unhandled.js';

/** One thing that is to be true, for a test runner of your choice: `test(check.name, check.run)`. */
export interface Check {
  /** What is true, without naming whom it is true of. */
  readonly name: string;
  /** Resolves if it is true; rejects with what is not. */
  readonly run: () => Promise<void>;
}

/** Options of every suite. */
export interface CheckOptions {
  /** How long one check may take before it fails, in ms: a wrong stage may wait for ever. Default 5000. */
  readonly patienceMs?: number;
}

/** Says what is to be true. */
export type AddCheck = (name: string, run: () => unknown) => void;

export function checksOf(
  write: (check: AddCheck) => void,
  { patienceMs = 5000 }: CheckOptions,
): Check[] {
  const checks: Check[] = [];
  write((name, run) => checks.push({ name, run: () => guarded(run, patienceMs) }));
  return checks;
}

/** A check neither takes for ever nor leaves an error to whoever comes next. */
async function guarded(run: () => unknown, patienceMs: number): Promise<void> {
  const unhandled = new Unhandled();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${patienceMs} ms`)), patienceMs);
  });
  let left: readonly unknown[] = [];
  try {
    await Promise.race([begin(run), late]);
  } finally {
    clearTimeout(timer);
    await turn();
    await turn();
    left = unhandled.stop();
  }
  if (left.length > 0)
    throw new AggregateError(left, `left unhandled: ${left.map(String).join(', ')}`);
}

/** What a runner does once the check is called, as setting a timer, is not the check's. */
async function begin(run: () => unknown): Promise<void> {
  await turn();
  await run();
}

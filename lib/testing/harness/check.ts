import { setImmediate as turn } from 'node:timers/promises';
import { Unhandled } from './unhandled.js';

/** One check, for the test runner of your choice: `test(check.name, check.run)`. */
export interface Check {
  /** What must be true, without the name of the source, stage or sink. */
  readonly name: string;
  /** Resolves if the check passes; rejects with the reason if it fails. */
  readonly run: () => Promise<void>;
}

/** Options of every suite. */
export interface CheckOptions {
  /** How long one check may take before it fails, in ms, because a faulty stage may never settle. Default 5000. */
  readonly patienceMs?: number;
}

/** Adds a check. */
export type AddCheck = (name: string, run: () => unknown) => void;

export function checksOf(
  write: (check: AddCheck) => void,
  { patienceMs = 5000 }: CheckOptions,
): Check[] {
  const checks: Check[] = [];
  write((name, run) => checks.push({ name, run: () => guarded(run, patienceMs) }));
  return checks;
}

/** Runs a check with a timeout, and reports its unhandled errors before the next check starts. */
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

/** Lets a turn pass first: a timer that the test runner sets after calling the check must not count as a leak. */
async function begin(run: () => unknown): Promise<void> {
  await turn();
  await run();
}

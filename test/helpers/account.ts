import { expect } from 'chai';
import { StageError } from '../../lib/core/base/errors.js';
import { compiledAfter, inGeneratedCode } from './compiled.js';

export type Note = (...what: readonly unknown[]) => void;

/** How many notes look at the stack: this is slow. */
const ENOUGH = 20;

/** Everything that can be observed of a run: its events in order, and its outcome. */
interface Account {
  readonly log: readonly (readonly unknown[])[];
  /** How many of the first events came from generated code. This may differ between runs. */
  readonly generated: () => number;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** The parts of an error that must be the same. */
function described(error: unknown): unknown {
  if (!(error instanceof StageError)) return error;
  const { message, stage, index, item, cause } = error;
  const { suppressed = [] } = error as { suppressed?: readonly unknown[] };
  return { message, stage, index, item, cause: kind(cause), suppressed: suppressed.map(described) };
}

/** Errors of two runs are different objects, so they are compared by class and message. */
const kind = (cause: unknown): unknown =>
  cause instanceof Error ? [cause.constructor, cause.message] : cause;

/** Runs with segments compiled from item `after` on, and returns the account. */
export function accountOf(after: number, run: (note: Note) => Promise<unknown>): Promise<Account> {
  return compiledAfter(after, async () => {
    const log: (readonly unknown[])[] = [];
    let count = 0;
    const generated = () => count;
    const note: Note = (...what) => {
      log.push(what);
      if (log.length <= ENOUGH && inGeneratedCode()) count += 1;
    };
    try {
      return { log, result: await run(note), generated };
    } catch (error) {
      return { log, error: described(error), generated };
    }
  });
}

/** Runs by plain pulls, and with segments compiled from each of the first items on. All accounts must be equal. */
export async function sameEitherWay(run: (note: Note) => Promise<unknown>): Promise<Account> {
  const plain = await accountOf(Infinity, run);
  expect(plain.generated(), 'notes from generated code').to.equal(0);
  for (const after of [0, 1, 2, 3, 4, 5, 6]) {
    const compiled = await accountOf(after, run);
    expectSame(compiled, plain, `compiled from item ${after}`);
    const asked = plain.log.some(([what]) => what === 'pull');
    if (after === 0 && asked) expect(compiled.generated(), 'notes from it').to.be.above(0);
  }
  return plain;
}

export function expectSame(one: Account, other: Account, what: string): void {
  const told = ({ log, result, error }: Account) => ({ log, result, error });
  expect(told(one), what).to.deep.equal(told(other));
}

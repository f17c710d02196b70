import { expect } from 'chai';
import { StageError } from '../../lib/index.js';
import { cause } from './chain.js';
import type { Failure, Flow } from './flow.js';

/** What came of a run: the items that reached its end, and its error. */
export interface Outcome {
  readonly items: readonly unknown[];
  readonly error?: unknown;
}

/** Runs; `take` is what to call with each item that comes out. */
export async function outcomeOf(run: (take: (item: unknown) => void) => unknown): Promise<Outcome> {
  const items: unknown[] = [];
  try {
    await run((item) => void items.push(item));
    return { items };
  } catch (error) {
    return { items, error };
  }
}

export const valuesOf = ({ items }: Flow): unknown[] => items.map(({ value }) => value);

export function expectFailure(error: unknown, { name, index }: Failure): void {
  if (!(error instanceof StageError)) throw error ?? new Error(`${name} did not fail`);
  expect(error.cause).to.equal(cause);
  expect([error.stage.name, error.index]).to.deep.equal([name, index]);
}

/** The same items in the same order, and the same failure at the same item. */
export function expectFlow({ items, error }: Outcome, flow: Flow): void {
  if (flow.failure) expectFailure(error, flow.failure);
  else if (error) throw error;
  expect(items).to.deep.equal(valuesOf(flow));
}

/**
 * The same where streams with buffers stand between the stages: those upstream run ahead, so a failure comes before the
 * items in the buffers, and even though a stage downstream has enough.
 */
export function expectBufferedFlow({ items, error }: Outcome, flows: readonly Flow[]): void {
  const expected = valuesOf(flows.at(-1) as Flow);
  const failure = flows.find((flow) => flow.failure)?.failure;
  const mustFail = flows.at(-1)?.failure !== undefined;
  if (failure && (mustFail || error)) {
    expectFailure(error, failure);
    expect(items).to.deep.equal(expected.slice(0, items.length));
  } else if (error) throw error;
  else expect(items).to.deep.equal(expected);
}

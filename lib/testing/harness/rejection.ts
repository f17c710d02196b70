import assert from 'node:assert/strict';
import { StageError } from '../../index.js';

/** The reason that a promise rejects with; fails if it resolves. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return assert.fail(`resolved with ${String(value)}`);
}

/** The `StageError` that a run rejects with; fails if it resolves or rejects with anything else. */
export async function stageFailure(run: Promise<unknown>): Promise<StageError> {
  const error = await rejection(run);
  assert.ok(error instanceof StageError, `a StageError, not ${String(error)}`);
  return error;
}

export const suppressedBy = (error: unknown): unknown =>
  (error as { suppressed?: unknown }).suppressed;

/** The value that a callback threw, out of the `StageError` around it. */
export const causeOf = (error: unknown): unknown =>
  error instanceof StageError ? error.cause : error;

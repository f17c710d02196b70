import assert from 'node:assert/strict';
import { StageError } from '../../index.js';

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return assert.fail(`resolved with ${String(value)}`);
}

/** The same where it must be a stage's own failure. */
export async function stageFailure(run: Promise<unknown>): Promise<StageError> {
  const error = await rejection(run);
  assert.ok(error instanceof StageError, `a StageError, not ${String(error)}`);
  return error;
}

export const suppressedBy = (error: unknown): unknown =>
  (error as { suppressed?: unknown }).suppressed;

/** What a stage failed with, as its callback threw it. */
export const causeOf = (error: unknown): unknown =>
  error instanceof StageError ? error.cause : error;

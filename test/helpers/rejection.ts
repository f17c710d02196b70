import { expect } from 'chai';
import { StageError } from '../../lib/core/errors.js';

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return expect.fail(`resolved with ${String(value)}`);
}

/** The same where it must be a stage's own failure. */
export async function stageFailure(promise: Promise<unknown>): Promise<StageError> {
  const error = await rejection(promise);
  if (error instanceof StageError) return error;
  throw error;
}

import type { LazyContext } from '../protocol/context.js';

/**
 * How long closing waits for user code that is in the middle of something, in ms. It can't be interrupted, only told by
 * the signal; code that does not listen must not keep the whole run from settling.
 */
const GRACE_MS = 100;

/** Settles as `promise` does, or resolves when that takes too long. */
export function settleWithin(promise: PromiseLike<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, GRACE_MS);
    const after = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    promise.then(
      () => after(resolve),
      (error: unknown) => after(() => reject(error)),
    );
  });
}

/**
 * Throws what was under way when `context` was over fails with, if something had failed before, unless it only obeys.
 * When things end early, that is as unwanted as its result.
 */
export function throwUnlessEcho(error: unknown, context: LazyContext): void {
  if (context.failure && !context.echoes(error)) throw error;
}

/** Waits for what was under way when `context` was over. */
export async function awaitWithinGrace(
  promise: PromiseLike<unknown>,
  context: LazyContext,
): Promise<void> {
  try {
    await settleWithin(promise);
  } catch (error) {
    throwUnlessEcho(error, context);
  }
}

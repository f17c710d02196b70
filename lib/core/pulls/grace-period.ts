import type { LazyContext } from '../protocol/context.js';

/**
 * The grace period in ms: how long closing waits for user code that is still running. Such code can't be interrupted,
 * only told by its signal, and code that ignores the signal must not keep the run from settling.
 */
const GRACE_MS = 100;

/** Settles as `promise` does, or resolves when the grace period is over. */
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
 * Handles an error of code that was running when its context was aborted. The error is thrown if the run has failed and
 * the error does not only repeat the abort. After an early end it is ignored, as the result would be.
 */
export function throwUnlessEcho(error: unknown, context: LazyContext): void {
  if (context.failure && !context.echoes(error)) throw error;
}

/** Waits up to the grace period for code that was running when its context was aborted. */
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

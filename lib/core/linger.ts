/**
 * How long closing waits for user code that is in the middle of something, in ms. It can't be interrupted, only told by
 * the signal; code that does not listen must not keep the whole run from settling.
 */
const LINGER_MS = 100;

/** Settles as `promise` does, or resolves when that takes too long. */
export function linger(promise: PromiseLike<unknown>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, LINGER_MS);
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

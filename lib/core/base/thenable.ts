export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Calls, and goes on with the value or with the error: now, or once that is there. */
export function attempt<T, R>(
  call: () => T | PromiseLike<T>,
  next: (value: T) => R | PromiseLike<R>,
  failed: (error: unknown) => R | PromiseLike<R>,
): R | PromiseLike<R> {
  let value: T | PromiseLike<T>;
  try {
    value = call();
  } catch (error) {
    return failed(error);
  }
  return isThenable(value)
    ? Promise.resolve(value as PromiseLike<T>).then(next, failed)
    : next(value as T);
}

/** Calls `next` with `value`: now, or once it is there. One body serves sync and async callbacks. */
export function whenReady<T, R>(
  value: T | PromiseLike<T>,
  next: (value: T) => R,
): R | PromiseLike<R> {
  return isThenable(value) ? Promise.resolve(value as PromiseLike<T>).then(next) : next(value as T);
}

/** What is answered where it can't be waited for: that it rejects, if it is a promise, is no news. */
export function disown(value: unknown): void {
  if (isThenable(value)) Promise.resolve(value).catch(() => {});
}

/** Refuses a promise where nobody can wait for one. `wanted`, with its article. */
export function refusePromise(value: unknown, wanted: string): void {
  if (!isThenable(value)) return;
  disown(value);
  throw new TypeError(`expected ${wanted}, got a promise of one`);
}

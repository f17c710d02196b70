export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Calls `next` with `value`: now, or once it is there. One body serves sync and async callbacks. */
export function whenReady<T, R>(
  value: T | PromiseLike<T>,
  next: (value: T) => R,
): R | PromiseLike<R> {
  return isThenable(value) ? Promise.resolve(value as PromiseLike<T>).then(next) : next(value as T);
}

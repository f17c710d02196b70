/** A value, or a promise of it. */
export type Now<T> = T | PromiseLike<T>;

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** Calls `call`, then `next` with its value or `failed` with its error: at once, or when its promise settles. */
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

/** Calls `next` with `value`, or when `value` is a promise, with its value once it resolves. */
export function whenReady<T, R>(
  value: T | PromiseLike<T>,
  next: (value: T) => R,
): R | PromiseLike<R> {
  return isThenable(value) ? Promise.resolve(value as PromiseLike<T>).then(next) : next(value as T);
}

/** Marks a rejection as handled where a promise can't be awaited. */
export function disown(value: unknown): void {
  if (isThenable(value)) Promise.resolve(value).catch(() => {});
}

/**
 * Throws if `value` is a promise, where none can be awaited. `wanted` is the expected value in words, with its article.
 */
export function refusePromise(value: unknown, wanted: string): void {
  if (!isThenable(value)) return;
  disown(value);
  throw new TypeError(`expected ${wanted}, got a promise of one`);
}

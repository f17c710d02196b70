/** The state of a promise, without waiting for it. */
export interface Watched {
  readonly state: 'pending' | 'resolved' | 'rejected';
  readonly value: unknown;
}

export function watched(promise: Promise<unknown>): Watched {
  const watch: { state: Watched['state']; value: unknown } = { state: 'pending', value: undefined };
  promise.then(
    (value) => Object.assign(watch, { state: 'resolved', value }),
    (error: unknown) => Object.assign(watch, { state: 'rejected', value: error }),
  );
  return watch;
}

import type { Duplex } from 'node:stream';

const ignore = (): void => {};

/** Destroys a stream that may be of any package, as its user would: with a listener while nothing else listens. */
export function destroyNow(stream: unknown, error?: Error): void {
  const { destroy } = stream as Partial<Duplex>;
  if (typeof destroy !== 'function') return;
  const emitter = stream as Duplex;
  const isAlone = emitter.listenerCount('error') === 0;
  if (isAlone) emitter.on('error', ignore);
  destroy.call(stream, error);
  if (isAlone) setImmediate(() => setImmediate(() => emitter.off('error', ignore)));
}

import type { Run } from '../core/protocol/run.js';

type Listener = readonly [signal: AbortSignal | undefined, act: (signal: AbortSignal) => void];

/** Acts, for `run`, when a signal aborts, or at once if it has; answers how to stop listening. */
export function listenTo(run: Run, listeners: readonly Listener[]): () => void {
  const undo = listeners.flatMap(([signal, act]) =>
    signal ? [listen(signal, () => run.within(act, signal))] : [],
  );
  return () => {
    for (const off of undo) off();
  };
}

/** Those who listen to a signal, which has one listener for all: Node warns of more than ten. */
const audiences = new WeakMap<AbortSignal, Set<() => void>>();

/** `this` is the signal. */
function tellAll(this: AbortSignal): void {
  const audience = audiences.get(this) ?? [];
  audiences.delete(this);
  for (const aborted of audience) aborted();
}

function listen(signal: AbortSignal, aborted: () => void): () => void {
  if (signal.aborted) {
    aborted();
    return () => {};
  }
  const audience = audiences.get(signal) ?? new Set();
  if (audience.size === 0) {
    audiences.set(signal, audience);
    signal.addEventListener('abort', tellAll, { once: true });
  }
  audience.add(aborted);
  return () => {
    audience.delete(aborted);
    if (audience.size === 0) signal.removeEventListener('abort', tellAll);
  };
}

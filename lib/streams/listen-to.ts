import type { Run } from '../core/run.js';

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

function listen(signal: AbortSignal, aborted: () => void): () => void {
  if (signal.aborted) aborted();
  signal.addEventListener('abort', aborted, { once: true });
  return () => signal.removeEventListener('abort', aborted);
}

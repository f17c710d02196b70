import type { Run } from '../core/protocol/run.js';

type Listener = readonly [signal: AbortSignal | undefined, act: (signal: AbortSignal) => void];

/** Calls `act` within `run` when a signal aborts, or at once if it has. Returns a function that stops listening. */
export function listenTo(run: Run, listeners: readonly Listener[]): () => void {
  const undo = listeners.flatMap(([signal, act]) =>
    signal ? [listen(signal, () => run.within(act, signal))] : [],
  );
  return () => {
    for (const off of undo) off();
  };
}

/** The callbacks of each signal. The signal itself has one listener for all: Node warns if there are more than ten. */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls all callbacks of the signal, which is `this`. */
function callAll(this: AbortSignal): void {
  const callbacks = callbacksOf.get(this) ?? [];
  callbacksOf.delete(this);
  for (const callback of callbacks) callback();
}

function listen(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const callbacks = callbacksOf.get(signal) ?? new Set();
  if (callbacks.size === 0) {
    callbacksOf.set(signal, callbacks);
    signal.addEventListener('abort', callAll, { once: true });
  }
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener('abort', callAll);
  };
}

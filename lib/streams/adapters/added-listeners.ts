import { isClosed, isNodes, type NodeStream } from './stream-state.js';

type Listener = readonly [event: string | symbol, listener: () => void];

export interface Added {
  readonly listeners: readonly Listener[];
  note(): void;
  /** `failed`: the assembly has. `keeps`: an old stream keeps its listeners to errors nevertheless. */
  remove(failed: boolean, keeps: boolean): void;
}

/**
 * Notes the listeners that a stream gets from now on, and removes them: Node leaves some. A stream that may
 * emit an error yet keeps those to errors.
 */
export function addedListeners(stream: NodeStream): Added {
  const now = (): readonly Listener[] =>
    stream
      .eventNames()
      .flatMap((event) =>
        stream.rawListeners(event).map((listener): Listener => [event, listener as () => void]),
      );
  const before = new Set(now().map(([, listener]) => listener));
  let added: readonly Listener[] = [];
  return {
    get listeners() {
      return added;
    },
    note: () => {
      added = now().filter(([, listener]) => !before.has(listener));
    },
    remove: (failed, keeps) => {
      const mayFail = failed ? !isClosed(stream) : keeps && !isNodes(stream);
      for (const [event, listener] of added)
        if (event !== 'error' || !mayFail) stream.off(event, listener);
    },
  };
}

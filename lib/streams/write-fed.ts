import type { Drain } from '../core/protocol/drain.js';
import type { Fed } from './adapters/shared-keys.js';
import type { NodeStream } from './adapters/stream-state.js';
import { writeStreams } from './adapters/write-streams.js';

/**
 * Makes a drain of a sink that is used as a stream: one of ours that was touched, or one that another copy of this
 * package has made. The result is the sink's.
 */
export function writeFed(
  sink: Fed,
  end = true,
  before: readonly NodeStream[] = [],
): Drain<unknown, unknown> {
  const drain = writeStreams([...before, sink], end);
  return {
    ...drain,
    behind: (others) => writeFed(sink, end, [...(others as readonly NodeStream[]), ...before]),
    end: async (context) => {
      await drain.end?.(context);
      return end || drain.done?.() ? sink.result?.() : undefined;
    },
  };
}

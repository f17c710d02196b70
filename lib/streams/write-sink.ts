import type { Drain } from '../core/protocol/drain.js';
import type { NodeStream } from './adapters/assembly.js';
import { writeStreams } from './adapters/write-streams.js';
import type { Sink } from './sink.js';

/**
 * Makes a drain of a sink of ours that is used as a stream. The result is the sink's, also when the sink ends early.
 */
export function writeSink(
  sink: Sink<unknown, unknown>,
  end = true,
  before: readonly NodeStream[] = [],
): Drain<unknown, unknown> {
  const drain = writeStreams([...before, sink], end);
  let early = false;
  return {
    ...drain,
    behind: (others) => writeSink(sink, end, [...(others as readonly NodeStream[]), ...before]),
    open: (loop, ref) => {
      drain.open?.(loop, ref);
      const settled = (): void => {
        early = true;
        loop.unblock();
      };
      // A failure is reported by the sink's error event.
      sink.result().then(settled, () => {});
    },
    done: () => early,
    end: async (context) => {
      await drain.end?.(context);
      return end || early ? sink.result() : undefined;
    },
  };
}

import type { Drain } from '../core/protocol/drain.js';
import { writeStream } from './adapters/write-stream.js';
import type { Sink } from './sink.js';

/** A sink of ours that is in use as a stream, as a drain: its result is the drain's, also when it comes early. */
export function writeSink(sink: Sink<unknown, unknown>, end = true): Drain<unknown, unknown> {
  const drain = writeStream(sink, end);
  let early = false;
  return {
    ...drain,
    open: (loop, ref) => {
      drain.open?.(loop, ref);
      const settled = (): void => {
        early = true;
        loop.unblock();
      };
      // Its failure is known from its error event.
      sink.result().then(settled, () => {});
    },
    done: () => early,
    end: async (context) => {
      await drain.end?.(context);
      return end || early ? sink.result() : undefined;
    },
  };
}

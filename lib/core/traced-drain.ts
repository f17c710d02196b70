import type { Drain } from './drain.js';
import type { StageRef } from './errors.js';
import type { Trace } from './run-options.js';
import { NOTHING } from './wait.js';

/** Reports how a sink ended: `end` once its result is there, `fail` when the run has failed. */
export function tracedDrain<R>(
  drain: Drain<unknown, R>,
  stage: StageRef,
  trace: Trace,
): Drain<unknown, R> {
  return {
    name: drain.name,
    transparent: drain.transparent ?? false,
    open: (loop, ref) => drain.open?.(loop, ref),
    take: (item, context) => drain.take(item, context),
    done: () => drain.done?.() ?? false,
    ...(drain.waits && { waits: () => drain.waits?.() ?? NOTHING }),
    end: async (context) => {
      const result = await drain.end?.(context);
      trace({ stage, kind: 'end' });
      return result as R;
    },
    close: (error) => {
      if (error !== undefined) trace({ stage, kind: 'fail' });
      return drain.close?.(error);
    },
  };
}

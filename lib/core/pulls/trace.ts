import type { StageRef } from '../base/errors.js';
import type { Drain } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import { END, type Pull, type Pulled, WAIT } from '../protocol/pull.js';
import type { Trace } from '../protocol/run-options.js';
import { NO_WAITS } from '../stall/wait-report.js';
import { ForwardingPull } from './forwarding-pull.js';

/** Wraps the input of a stage: traces `ready` when the stage asks for its next item. */
export class TracedInput<T> extends ForwardingPull<T> {
  readonly #stage: StageRef;
  readonly #trace: Trace;
  readonly #host: Host;
  #asked = false;

  constructor(upstream: Pull<T>, stage: StageRef, trace: Trace, host: Host) {
    super(upstream);
    this.#stage = stage;
    this.#trace = trace;
    this.#host = host;
  }

  /** If the time slice has ended in another loop that the last item was given to, that loop goes on first. */
  pull(): Pulled<T> {
    if (this.#host.run.turn.over && this.#host.due()) return WAIT;
    if (!this.#asked) this.#trace({ stage: this.#stage, kind: 'ready' });
    this.#asked = true;
    const item = this.source.pull();
    if (item !== WAIT) this.#asked = false;
    return item;
  }
}

/** Wraps the output of a stage: traces `emit`, `end` and `fail`. */
export class TracedOutput<T> extends ForwardingPull<T> {
  readonly #stage: StageRef;
  readonly #trace: Trace;

  constructor(source: Pull<T>, stage: StageRef, trace: Trace) {
    super(source);
    this.#stage = stage;
    this.#trace = trace;
  }

  pull(): Pulled<T> {
    const item = this.#pull();
    if (item === END) this.#trace({ stage: this.#stage, kind: 'end' });
    else if (item !== WAIT) this.#trace({ stage: this.#stage, kind: 'emit' });
    return item;
  }

  #pull(): Pulled<T> {
    try {
      return this.source.pull();
    } catch (error) {
      this.#trace({ stage: this.#stage, kind: 'fail' });
      throw error;
    }
  }
}

/** Traces how a sink ended: `end` once its result is there, `fail` when the run has failed. */
export function tracedDrain<R>(
  drain: Drain<unknown, R>,
  stage: StageRef,
  trace: Trace,
): Drain<unknown, R> {
  return {
    name: drain.name,
    transparent: drain.transparent ?? false,
    part: drain.part,
    open: (loop, ref) => drain.open?.(loop, ref),
    take: (item, context) => drain.take(item, context),
    done: () => drain.done?.() ?? false,
    ...(drain.waits && { waits: () => drain.waits?.() ?? NO_WAITS }),
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

import type { StageRef } from './errors.js';
import type { Host } from './host.js';
import { END, type Pull, type Pulled, WAIT } from './pull.js';
import type { Trace } from './run-options.js';

/** Stands between a stage and its input: reports that the stage is ready for its next item. */
export class TracedInput<T> implements Pull<T> {
  readonly #upstream: Pull<T>;
  readonly #stage: StageRef;
  readonly #trace: Trace;
  readonly #host: Host;
  #asked = false;

  constructor(upstream: Pull<T>, stage: StageRef, trace: Trace, host: Host) {
    this.#upstream = upstream;
    this.#stage = stage;
    this.#trace = trace;
    this.#host = host;
  }

  /** Where the time slice has ended in what the item before was given to, that comes first. */
  pull(): Pulled<T> {
    if (this.#host.run.turn.over && this.#host.due()) return WAIT;
    if (!this.#asked) this.#trace({ stage: this.#stage, kind: 'ready' });
    this.#asked = true;
    const item = this.#upstream.pull();
    if (item !== WAIT) this.#asked = false;
    return item;
  }

  close(): void | Promise<void> {
    return this.#upstream.close();
  }
}

/** Stands behind a stage: reports what it hands on, and how it ended. */
export class TracedOutput<T> implements Pull<T> {
  readonly #source: Pull<T>;
  readonly #stage: StageRef;
  readonly #trace: Trace;

  constructor(source: Pull<T>, stage: StageRef, trace: Trace) {
    this.#source = source;
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
      return this.#source.pull();
    } catch (error) {
      this.#trace({ stage: this.#stage, kind: 'fail' });
      throw error;
    }
  }

  close(): void | Promise<void> {
    return this.#source.close();
  }
}

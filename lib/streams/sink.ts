import { Writable } from 'node:stream';
import { ClosedError, UsedError } from '../core/base/errors.js';
import { chainLoop } from '../core/loop/chain-loop.js';
import type { Drain, Outcome } from '../core/protocol/drain.js';
import type { Link } from '../core/protocol/link.js';
import { destroyed } from './adapters/destroyed.js';
import { FEED, type Stoppable } from './adapters/shared-keys.js';
import { Edge } from './edge.js';
import { Intake } from './intake.js';
import { ANSWER, KIND, RESULT, TAKES } from './kind.js';

/** The plan of a sink: the links in front, and the drain. */
export interface SinkPlan {
  readonly name: string;
  readonly links: readonly Link[];
  readonly drain: Drain;
}

/**
 * An object-mode `Writable` with a result. Untouched, it becomes part of the segment that it is given to. Piped into or
 * written to, it is a stream like any other, and `result()` gives the result.
 */
export class Sink<I, R, A = unknown> extends Writable {
  declare readonly [KIND]: 'sink';
  declare readonly [TAKES]: (item: I) => void;
  declare readonly [RESULT]: R;
  declare readonly [ANSWER]: A;
  readonly #edge: Edge<SinkPlan>;
  readonly #intake: Intake;
  readonly #watchers: ((outcome: Outcome<unknown>) => void)[] = [];
  #outcome: Outcome<unknown> | undefined;
  #finished: ((error?: Error | null) => void) | undefined;

  /** @internal */
  constructor(plan: SinkPlan) {
    super({ objectMode: true });
    this.#intake = new Intake(this, () => this.#edge.loop());
    this.#edge = new Edge(this, plan, ({ drain, links }, run) => {
      const { origin } = this.#intake;
      return chainLoop(
        run,
        { origin, links, drain },
        {
          failed: (error) => this.#edge.fail(error),
          endedEarly: () => {
            run.abort(undefined);
            this.#intake.over();
          },
          settled: (outcome) => this.#settled(outcome),
        },
      );
    });
  }

  /** The sink's result, once the stream has finished; rejects when the stream fails or is destroyed. */
  result(): Promise<R> {
    return new Promise((resolve, reject) => {
      const watch = (outcome: Outcome<unknown>) => {
        if (outcome.kind === 'done') resolve(outcome.result as R);
        else if (outcome.kind === 'failed') reject(outcome.error);
        else reject(this.errored ?? new ClosedError('the sink'));
      };
      if (this.#outcome) watch(this.#outcome);
      else if (this.#edge.spent) reject(new UsedError('the sink'));
      else this.#watchers.push(watch);
    });
  }

  /** For `await using`: destroys the stream, and resolves when everything is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await destroyed(this);
  }

  /** @internal */
  [FEED](feeder: Stoppable): void {
    this.#intake.feed(feeder);
  }

  /** @internal A sink that must stay open (`end` is false) is not claimed, but used as a stream. */
  claim(end: boolean): SinkPlan | undefined {
    return this.#edge.claim(({ drain }) => drain, !end);
  }

  #settled(outcome: Outcome<unknown>): void {
    this.#outcome = outcome;
    this.#intake.settled(outcome);
    this.#finished?.();
    for (const watch of this.#watchers) watch(outcome);
  }

  override _write(
    item: unknown,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    const { refusal } = this.#edge;
    if (refusal) callback(refusal);
    else this.#intake.write(item, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#edge.loop();
    if (this.#outcome) return callback();
    this.#finished = callback;
    this.#intake.end();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#edge.destroy(error, callback);
  }
}

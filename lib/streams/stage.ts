import { Transform, type TransformCallback } from 'node:stream';
import { chainLoop } from '../core/loop/chain-loop.js';
import type { Outcome } from '../core/protocol/drain.js';
import type { Link } from '../core/protocol/link.js';
import { destroyed } from './adapters/destroyed.js';
import { FEED, STOP, type Stoppable } from './adapters/shared-keys.js';
import { Edge } from './edge.js';
import { Intake } from './intake.js';
import { GIVES, KIND, TAKES } from './kind.js';
import { outlet } from './outlet.js';

/** The plan of a stage. */
export interface StagePlan {
  readonly name: string;
  readonly links: readonly Link[];
}

/**
 * An object-mode `Transform`. Untouched, it becomes part of the segment that it is given to. Piped, listened to or
 * written to, it is a stream like any other.
 */
export class Stage<I, O> extends Transform {
  declare readonly [KIND]: 'stage';
  declare readonly [TAKES]: (item: I) => void;
  declare readonly [GIVES]: O;
  /** Two signatures: the first gives the type of the items, the second is the one that Node's own functions need. */
  declare [Symbol.asyncIterator]: (() => NodeJS.AsyncIterator<O>) &
    Transform[typeof Symbol.asyncIterator];
  readonly #edge: Edge<StagePlan>;
  readonly #intake: Intake;
  #flushed: TransformCallback | undefined;
  #over = false;

  /** @internal */
  constructor(plan: StagePlan) {
    super({ objectMode: true });
    this.#intake = new Intake(this, () => this.#edge.loop());
    this.#edge = new Edge(this, plan, ({ links }, run) => {
      const { origin } = this.#intake;
      return chainLoop(
        run,
        { origin, links, drain: outlet(this) },
        {
          failed: (error) => this.#edge.fail(error),
          endedEarly: () => run.abort(undefined),
          settled: (outcome) => {
            if (outcome.kind === 'failed') this.#edge.afterItems(() => this.#settled(outcome));
            else this.#settled(outcome);
          },
        },
      );
    });
  }

  /** For `await using`: destroys the stream, and resolves when everything is closed. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await destroyed(this);
  }

  /** @internal */
  [STOP](): void {
    this.#edge.run.stop();
  }

  /** @internal */
  [FEED](feeder: Stoppable): void {
    this.#intake.feed(feeder);
  }

  /** @internal */
  claim(): StagePlan | undefined {
    return this.#edge.claim(({ links }) => links[0] as Link);
  }

  #settled(outcome: Outcome<unknown>): void {
    this.#over = true;
    this.#intake.settled(outcome);
    // Only a stage that is done ends its output: a reader must not take a destroyed one for complete.
    if (outcome.kind === 'done') this.#flushed?.();
  }

  override read(size?: number): ReturnType<Transform['read']> {
    const item: unknown = super.read(size);
    this.#edge.wasRead();
    return item;
  }

  override _read(): void {
    this.#edge.loop().unblock();
  }

  override _write(item: unknown, _encoding: BufferEncoding, callback: TransformCallback): void {
    const { refusal } = this.#edge;
    if (refusal) callback(refusal);
    else this.#intake.write(item, callback);
  }

  override _flush(callback: TransformCallback): void {
    this.#edge.loop();
    if (this.#over) return callback();
    this.#flushed = callback;
    this.#intake.end();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#edge.destroy(error, callback);
  }
}

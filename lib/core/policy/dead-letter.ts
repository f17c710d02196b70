import { Deferred } from '../base/deferred.js';
import { type StageError, type StageRef, UsedError } from '../base/errors.js';
import type { SideLine } from '../base/stage-ref.js';
import { chainLoop } from '../loop/chain-loop.js';
import type { Loop } from '../loop/loop.js';
import { Ack, releaseAll, retainAll } from '../protocol/ack.js';
import type { Drain, Owner } from '../protocol/drain.js';
import type { Host } from '../protocol/host.js';
import type { Link } from '../protocol/link.js';
import { SKIP } from '../protocol/pull.js';
import { Run } from '../protocol/run.js';
import { Inbox } from '../pulls/inbox.js';

/** A record of a dead letter: the item that failed, and its error. */
export interface FailedItem<I> {
  readonly item: I;
  /** Names the stage and the item's index; the callback's own error is its `cause`. */
  readonly error: StageError;
}

interface Plan {
  readonly links: readonly Link[];
  readonly drain: Drain;
}

declare const TAKES: unique symbol;

/** By this, a dead letter is known to other copies of this package, whose class is another. */
export const DEAD_LETTER: unique symbol = Symbol.for('sluice.dead-letter.1');

/**
 * A sink for the items that callbacks fail on. It has a loop of its own, beside the loops of the stages that write to
 * it. It is opened with the first of these stages and ended with the last.
 */
export class DeadLetter<I = unknown> {
  declare readonly [TAKES]: (item: I) => void;
  /** @internal */
  readonly [DEAD_LETTER] = true;
  readonly #buffer: number;
  readonly #plan: Plan;
  readonly #inbox = new Inbox<FailedItem<unknown>>();
  readonly #hosts = new Set<Host>();
  readonly #settled = new Deferred<void>();
  /** Resumes the stages that wait because the buffer is full. */
  #waiting: (() => void)[] = [];
  #loop: Loop | undefined;
  #writers = 0;
  /** True when no stage will write to it any more. */
  #over = false;

  /** @internal */
  constructor(plan: Plan, buffer: number) {
    this.#plan = plan;
    this.#buffer = buffer;
    this.#inbox.hungry = () => this.#resume();
    this.#inbox.whenRoomy(buffer, () => this.#resume());
  }

  /**
   * @internal Counts a stage that will open it, write to it and leave it. Called when the stage is made, not when it is
   * opened: in a user's stream pipeline, one stage may have ended before the next is opened.
   */
  join(): void {
    if (this.#over) throw new UsedError('deadLetter');
    this.#writers += 1;
  }

  /** @internal */
  open(host: Host, stage: StageRef): void {
    this.#hosts.add(host);
    this.#loop ??= this.#start(host, { stage, side: 'dead letter', at: 0 });
  }

  /**
   * It has a run of its own, whose signal does not abort when the stages end early: the last records must be written.
   */
  #start({ run }: Host, line: SideLine): Loop {
    const { links, drain } = this.#plan;
    const origin = {
      name: 'deadLetter',
      transparent: true,
      fed: true,
      open: (host: Host) => this.#inbox.attach(host),
    };
    const own = new Run({ trace: run.trace }, run.turn);
    const owner: Owner<unknown> = {
      failed: (error) => {
        own.abort(error);
        this.#failAll(error);
      },
      settled: (outcome) => {
        // A failure while closing has not been reported yet.
        if (outcome.kind === 'failed') this.#failAll(outcome.error);
        this.#settled.resolve();
      },
    };
    const loop = chainLoop(own, { origin, links, drain }, owner, line);
    // Also when no send waits for answers: the items of one inbox must all have acks, or none.
    loop.acknowledged = true;
    loop.start();
    return loop;
  }

  #failAll(error: unknown): void {
    for (const host of this.#hosts) host.fail(error);
  }

  /**
   * @internal The item's send is answered when the record has been taken. A sink that has ended early drops the record.
   */
  write(record: FailedItem<unknown>, acks: readonly Ack[]): typeof SKIP | Promise<typeof SKIP> {
    if (!this.#inbox.open) return SKIP;
    retainAll(acks);
    this.#inbox.put(record, new Ack(() => releaseAll(acks)));
    if (this.#inbox.length < this.#buffer || !this.#inbox.open) return SKIP;
    return new Promise((resolve) => {
      this.#waiting.push(() => resolve(SKIP));
    });
  }

  #resume(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  /**
   * @internal Called when a stage has ended. For the last one, it resolves when all is written and the sink is closed.
   */
  leave(): void | Promise<void> {
    this.#writers -= 1;
    if (this.#writers > 0) return;
    this.#over = true;
    this.#inbox.end();
    return this.#settled.promise;
  }

  /** @internal Called when the run has failed: records that are not written yet are lost. */
  async fail(error: unknown): Promise<void> {
    this.#over = true;
    this.#loop?.fail(error);
    await this.#loop?.cancel();
  }
}

import { Ack, releaseAll, retainAll } from '../core/ack.js';
import type { Drain } from '../core/drain.js';
import type { StageRef } from '../core/errors.js';
import type { Loop } from '../core/loop.js';
import { SKIP, WAIT } from '../core/pull.js';
import { requireCount } from '../core/require.js';
import { readArguments } from '../streams/arguments.js';
import { sinkPlan } from '../streams/plans.js';
import { Sink, type SinkPlan } from '../streams/sink.js';
import type { NameOptions } from '../streams/types.js';
import { Branch } from './branch.js';
import type { BroadcastSignature } from './signatures.js';

/** Options of `broadcast`. */
export interface BroadcastOptions<Answers = unknown, A = Answers> extends NameOptions {
  /** How many items a branch may lie behind the others; an integer from 1. Default 16. */
  readonly buffer?: number | undefined;
  /** What `send` answers for the branches, given their answers. Default: the array of them. */
  readonly answer?: ((answers: Answers) => A) | undefined;
}

function join(...args: unknown[]): Sink<unknown, unknown> {
  const { parts, options } = readArguments<BroadcastOptions>('broadcast', args, 1);
  const { buffer = 16, name = 'broadcast' } = options;
  requireCount('broadcast', 'buffer', buffer, 1);
  const plans = parts.map((part) => sinkPlan('broadcast', part));
  const answer = (options.answer ?? ((answers: unknown) => answers)) as (
    answers: unknown[],
  ) => unknown;
  return new Sink({ name, links: [], drain: new BroadcastDrain(name, plans, buffer, answer) });
}

/**
 * Gives every item to every sink, and results in the tuple of their results.
 *
 * Emits: each item to each branch, in order.   Holds: at most `buffer` items for a branch that lies behind.
 * Waits: while a branch lies `buffer` items behind: the slowest sets the pace. A branch that ends early leaves the
 * others running.
 * Ends: when all branches have ended; when they have all ended early, the source is closed.
 * Fails: when a branch fails, with that branch's error; the others are closed.
 *
 * @param args sinks, at least one: sinks of ours (`compose` puts stages before one), writable streams, async
 * functions; then, if wanted, options.
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: there is no sink, or `buffer` is out of range.
 * @example
 * await pipeline(range(0, 4), broadcast(reduce((sum, x) => sum + x, 0), toArray())) // [6, [0, 1, 2, 3]]
 */
export const broadcast = join as BroadcastSignature;

class BroadcastDrain implements Drain<unknown, unknown[]> {
  readonly name: string;
  readonly transparent = true;
  readonly #plans: readonly SinkPlan[];
  readonly #buffer: number;
  readonly #answer: (answers: unknown[]) => unknown;
  #branches: readonly Branch[] = [];
  #loop: Loop | undefined;
  #ref: StageRef | undefined;

  constructor(
    name: string,
    plans: readonly SinkPlan[],
    buffer: number,
    answer: (answers: unknown[]) => unknown,
  ) {
    this.name = name;
    this.#plans = plans;
    this.#buffer = buffer;
    this.#answer = answer;
  }

  /** Starting the branches primes them, from their sinks upward. */
  open(loop: Loop, ref: StageRef): void {
    this.#loop = loop;
    this.#ref = ref;
    const resume = () => this.#resume();
    this.#branches = this.#plans.map((plan) => new Branch(plan, loop, this.#buffer, resume));
    for (const branch of this.#branches) branch.start();
  }

  readonly take = (item: unknown): typeof SKIP | typeof WAIT => {
    if (this.#ref) this.#loop?.run.trace?.({ stage: this.#ref, kind: 'emit' });
    const acks = this.#loop?.acks ? this.#split(this.#loop.acks) : undefined;
    this.#branches.forEach((branch, at) => {
      branch.give(item, acks?.[at]);
    });
    return this.#full || this.#enough ? WAIT : SKIP;
  };

  get #full(): boolean {
    return this.#branches.some(({ behind }) => behind >= this.#buffer);
  }

  /** Branches that all want no more take a while to settle; nothing is to be asked for meanwhile. */
  get #enough(): boolean {
    return this.#branches.every(({ wanting }) => !wanting);
  }

  #resume(): void {
    if (this.done() || !(this.#full || this.#enough)) this.#loop?.unblock();
  }

  /** An ack for each branch; when the last is done, the broadcast has its answer to the item. */
  #split(parents: readonly Ack[]): readonly Ack[] {
    const answers: unknown[] = this.#branches.map(() => undefined);
    let left = answers.length;
    retainAll(parents);
    return answers.map(
      (_, at) =>
        new Ack((answer) => {
          answers[at] = answer;
          left -= 1;
          if (left > 0) return;
          const combined = this.#answer(answers);
          for (const parent of parents) parent.answer = combined;
          releaseAll(parents);
        }),
    );
  }

  done(): boolean {
    return this.#branches.every(({ settled }) => settled);
  }

  async end(): Promise<unknown[]> {
    for (const branch of this.#branches) branch.end();
    return Promise.all(this.#branches.map(({ result }) => result));
  }

  async close(error?: unknown): Promise<void> {
    await Promise.all(this.#branches.map((branch) => branch.cancel(error)));
  }
}

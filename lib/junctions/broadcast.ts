import { Ack, releaseAll, retainAll } from '../core/ack.js';
import type { Drain } from '../core/drain.js';
import type { StageRef } from '../core/errors.js';
import type { Loop } from '../core/loop.js';
import { SKIP, WAIT } from '../core/pull.js';
import { requireCount, requireName } from '../core/require.js';
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
  requireName('broadcast', name);
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
  /** No more items are taken until a branch has caught up. */
  #held = false;
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
    const branches = this.#branches;
    for (let at = 0; at < branches.length; at += 1) branches[at]?.give(item, acks?.[at]);
    this.#held = this.#full || this.#enough;
    return this.#held ? WAIT : SKIP;
  };

  get #full(): boolean {
    for (const { behind } of this.#branches) if (behind >= this.#buffer) return true;
    return false;
  }

  /** Branches that all want no more take a while to settle; nothing is to be asked for meanwhile. */
  get #enough(): boolean {
    for (const { wanting } of this.#branches) if (wanting) return false;
    return true;
  }

  /** Most of what branches say needs no wake: the broadcast does not wait for it. */
  #resume(): void {
    if (!this.done() && (!this.#held || this.#full || this.#enough)) return;
    this.#held = false;
    this.#loop?.unblock();
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
    for (const { settled } of this.#branches) if (!settled) return false;
    return true;
  }

  async end(): Promise<unknown[]> {
    for (const branch of this.#branches) branch.end();
    return Promise.all(this.#branches.map(({ result }) => result));
  }

  async close(error?: unknown): Promise<void> {
    await Promise.all(this.#branches.map((branch) => branch.cancel(error)));
  }
}

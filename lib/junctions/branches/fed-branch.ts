import { Deferred } from '../../core/base/deferred.js';
import { ClosedError, type StageRef } from '../../core/base/errors.js';
import { lineName } from '../../core/base/stage-ref.js';
import { chainLoop } from '../../core/loop/chain-loop.js';
import type { Loop } from '../../core/loop/loop.js';
import type { Ack } from '../../core/protocol/ack.js';
import type { DrainHost, Outcome, Owner } from '../../core/protocol/drain.js';
import type { Origin } from '../../core/protocol/link.js';
import { Inbox } from '../../core/pulls/inbox.js';
import { BranchThrough } from '../../streams/branch-through.js';
import type { SinkPlan } from '../../streams/sink.js';
import { Audience, type Member } from './audience.js';
import type { Policy } from './branch-policy.js';

/** The junction that feeds a branch. */
export interface Feeder {
  readonly loop: DrainHost;
  /** Called when the branch asks for an item, or takes no more items. */
  readonly resume: () => void;
  /** Called when the branch was full and has room again. */
  readonly roomy: () => void;
  /** Called when the branch is closed. */
  readonly over: () => void;
  /** The junction's stage; with `at`, the index of the branch. */
  readonly stage: StageRef;
  readonly at: number;
}

/** A branch: a sink with a loop of its own, fed through an inbox according to its policy. */
export class FedBranch implements Member {
  /** True while it waits for an item. */
  asking = false;
  /** The key of its items as text, if they have one. */
  key: string | undefined;
  #at = 0;
  /** The audience of this branch alone. */
  readonly alone: Audience;
  readonly #plan: SinkPlan;
  /** Set if the sink is a stream of the user's. */
  readonly #through: BranchThrough | undefined;
  readonly #policy: Policy;
  readonly #inbox = new Inbox<unknown>();
  readonly #closed = new Deferred<Outcome<unknown>>();
  #loop: Loop | undefined;
  #dropped = 0;
  #failed = false;
  #cancelled = false;

  constructor(plan: SinkPlan, policy: Policy) {
    const { buffer, when } = policy;
    const through = plan.drain.behind && new BranchThrough({ buffer, drops: when !== 'block' });
    this.#through = through;
    this.#plan = { ...plan, drain: through?.before(plan.drain) ?? plan.drain };
    this.#policy = policy;
    this.alone = new Audience([this]);
  }

  start({ loop, resume, roomy, over, stage, at }: Feeder): void {
    this.#at = at;
    const line = {
      stage,
      side: 'branch',
      at,
      ...(this.key !== undefined && { key: this.key }),
    } as const;
    const origin: Origin = {
      name: 'branch',
      transparent: true,
      fed: true,
      feeder: loop,
      open: (host) => this.#inbox.attach(host),
    };
    const owner: Owner<unknown> = {
      failed: (error) => this.#fail(error, loop),
      settled: (outcome) => {
        this.#settle(outcome, loop);
        over();
      },
    };
    const own = chainLoop(loop.run, { ...this.#plan, origin }, owner, line);
    own.acknowledged = loop.acknowledged;
    this.#inbox.hungry = () => {
      this.asking = this.#inbox.open;
      resume();
    };
    this.#inbox.whenRoomy(this.#policy.buffer, roomy);
    const through = this.#through;
    if (through) {
      through.passed = () => {
        if (this.room === 1) loop.run.within(roomy);
      };
    }
    this.#loop = own;
    own.start();
  }

  /** Items that come after a failure are counted as dropped until the result is read. */
  get result(): Promise<unknown> {
    return this.#closed.promise.then((outcome) => this.#resultOf(outcome));
  }

  get wanting(): boolean {
    return this.#inbox.open && !this.#failed && this.#plan.drain.wanting?.() !== false;
  }

  get label(): string {
    return `branch ${lineName({ key: this.key, at: this.#at })} (${this.#plan.name})`;
  }

  /** True if it must not be given an item now. With a `buffer` of 0 it still has room for one item. */
  get full(): boolean {
    const { when, buffer } = this.#policy;
    return when === 'block' && this.#behind >= (buffer || 1) && this.wanting;
  }

  /** True if it would start on an item at once, or has room for it. */
  get free(): boolean {
    return this.wanting && (this.asking || this.#behind < this.#policy.buffer);
  }

  get room(): number {
    return this.wanting ? Math.max(0, (this.#policy.buffer || 1) - this.#behind) : Infinity;
  }

  /** How many items wait for the sink. */
  get #behind(): number {
    return this.#inbox.length + (this.#through?.held ?? 0);
  }

  get lasts(): boolean {
    const { drain, links } = this.#plan;
    return !drain.done && links.every((link) => !('through' in link || link.done));
  }

  /** The item's answer is `undefined` if the branch has ended, or drops the item. */
  give(item: unknown, ack: Ack | undefined): void {
    this.asking = false;
    if (!this.wanting) this.#discard(ack);
    else if (this.room > 0) this.#inbox.put(item, ack);
    else this.#overflow(item, ack);
  }

  giveAll(items: readonly unknown[]): void {
    this.asking = false;
    if (this.wanting) this.#inbox.addAll(items, this.#policy.when === 'block');
    else if (this.#failed) this.#dropped += items.length;
  }

  wake(): void {
    this.#inbox.wake();
  }

  #discard(ack: Ack | undefined): void {
    if (this.#failed) this.#dropped += 1;
    ack?.release();
  }

  #overflow(item: unknown, ack: Ack | undefined): void {
    this.#dropped += 1;
    if (this.#policy.when === 'drop-newest') return ack?.release();
    this.#inbox.drop();
    this.#inbox.put(item, ack);
  }

  end(): void {
    this.#inbox.end();
  }

  /** `error` is set if the whole run has failed. */
  async cancel(error: unknown): Promise<void> {
    this.#cancelled = true;
    if (error !== undefined) this.#loop?.fail(error);
    await this.#loop?.cancel();
  }

  #fail(error: unknown, parent: DrainHost): void {
    this.#failed = true;
    this.#dropped += this.#inbox.length;
    if (!this.#detaches) parent.fail(error);
  }

  /** An error while the junction closes its branches still fails the run. */
  get #detaches(): boolean {
    return this.#policy.onError === 'detach' && !this.#cancelled;
  }

  #settle(outcome: Outcome<unknown>, parent: DrainHost): void {
    // A failure while closing has not been reported yet.
    if (outcome.kind === 'failed' && !this.#detaches) parent.fail(outcome.error);
    if (this.#policy.recorded || outcome.kind === 'done') this.#closed.resolve(outcome);
  }

  #resultOf(outcome: Outcome<unknown>): unknown {
    const dropped = this.#dropped;
    if (!this.#policy.recorded && outcome.kind === 'done') return outcome.result;
    if (outcome.kind === 'done') return { status: 'fulfilled', value: outcome.result, dropped };
    const reason = outcome.kind === 'failed' ? outcome.error : new ClosedError('the branch');
    return { status: 'rejected', reason, dropped };
  }
}

export function someWanting(branches: Iterable<FedBranch>): boolean {
  for (const { wanting } of branches) if (wanting) return true;
  return false;
}

import { Ack, releaseAll, retainAll } from '../core/ack.js';
import type { Drain } from '../core/drain.js';
import type { StageRef } from '../core/errors.js';
import type { Loop } from '../core/loop.js';
import { SKIP, WAIT } from '../core/pull.js';
import type { Context } from '../core/run.js';
import { isThenable } from '../core/thenable.js';
import type { Wait } from '../core/wait.js';
import { sinkPlan } from '../streams/plans.js';
import { type Policy, plain } from './branch-policy.js';
import { FedBranch } from './fed-branch.js';

/** Who gets an item; undefined: nobody yet, to be asked again when something has changed. */
export type Picked = readonly FedBranch[] | undefined;

/** The same, now or later. */
export type Picking = Picked | PromiseLike<Picking>;

/** How items are spread over branches. */
export interface Rule {
  /** A promise is waited for. The item is held until none of those picked is full. */
  pick(item: unknown, context: Context): Picking;
  /** Whether to ask for the next item. Default: while any of the first branches wants one. */
  ready?(): boolean;
  /** Whether it is all over though the input has not ended. Default: when every branch is. */
  done?(): boolean;
  /** What an item is answered with, given the answers of those that were picked. Default: the first. */
  answer?(answers: unknown[]): unknown;
  /** What comes of it all, given the results of the branches in the order in which they were added. Default: these. */
  result?(results: unknown[]): unknown;
  /** What is waited for while nobody is picked. Default: a branch that can take the item. */
  readonly wants?: string;
  /** Its own errors name their stage. */
  readonly transparent?: boolean;
}

/** The branch of anything that items can end in. What `branch` made is one already. */
export function branchOf(who: string, sink: unknown, policy: Policy = plain()): FedBranch {
  const plan = sinkPlan(`${who}: a branch`, sink);
  const made = plan.links.length === 0 && plan.drain instanceof BranchDrain && plan.drain.alone;
  return made || new FedBranch(plan, policy);
}

interface Held {
  readonly item: unknown;
  readonly context: Context;
  readonly picked: Picked;
}

/** A drain over branches: a rule says which of them get an item. All that spreads items is one of these. */
export class BranchDrain implements Drain<unknown, unknown> {
  readonly name: string;
  readonly transparent: boolean;
  /** Set where the whole drain is nothing but this branch. */
  alone: FedBranch | undefined;
  /** No branch may be added any more. */
  over = false;
  readonly #first: readonly FedBranch[];
  readonly #branches: Set<FedBranch>;
  readonly #rule: Rule;
  #loop: Loop | undefined;
  #ref: StageRef | undefined;
  #held: Held | undefined;
  /** An item is being picked for or given: who does that looks at everything afterwards. */
  #busy = false;
  /** No item is taken before `#goOn`. */
  #waiting = false;
  #unsettled = 0;

  constructor(name: string, branches: readonly FedBranch[], rule: Rule) {
    this.name = name;
    this.#first = branches;
    this.#branches = new Set(branches);
    this.#rule = rule;
    this.transparent = rule.transparent ?? false;
  }

  /** Starting the branches primes them, from their sinks upward. */
  open(loop: Loop, ref: StageRef): void {
    this.#loop = loop;
    this.#ref = ref;
    for (const branch of this.#branches) this.#start(branch, loop);
  }

  #start(branch: FedBranch, loop: Loop): void {
    this.#unsettled += 1;
    const resume = () => this.resume();
    const over = () => {
      this.#unsettled -= 1;
      this.resume();
    };
    branch.start({ loop, resume, over });
  }

  add(branch: FedBranch): FedBranch {
    this.#branches.add(branch);
    if (this.#loop) this.#start(branch, this.#loop);
    return branch;
  }

  remove(branch: FedBranch): void {
    this.#branches.delete(branch);
  }

  readonly take = (item: unknown, context: Context): typeof SKIP | typeof WAIT => {
    const picked = this.#rule.pick(item, context);
    if (isPromise(picked)) this.#pickLater(picked, item, context);
    else this.#place(item, context, picked);
    return this.#waiting ? WAIT : SKIP;
  };

  #pickLater(picking: PromiseLike<Picking>, item: unknown, context: Context): void {
    this.#waiting = true;
    this.#busy = true;
    const placed = (picked: Picked): void => {
      if (this.over) return;
      this.#busy = false;
      this.#place(item, context, picked);
      if (!this.#waiting) this.#loop?.unblock();
    };
    const failed = (error: unknown) => this.#loop?.fail(this.#loop.refusal(error, item));
    Promise.resolve(picking as PromiseLike<Picked>)
      .then(placed)
      .catch(failed);
  }

  #place(item: unknown, context: Context, picked: Picked): void {
    const isHeld = !picked || someFull(picked);
    this.#held = isHeld ? { item, context, picked } : undefined;
    if (!isHeld) {
      this.#busy = true;
      this.#give(item, picked);
      this.#busy = false;
    }
    this.#waiting = isHeld || !this.#ready();
  }

  #give(item: unknown, picked: readonly FedBranch[]): void {
    if (this.#ref) this.#loop?.run.trace?.({ stage: this.#ref, kind: 'emit' });
    const parents = this.#loop?.acks;
    const acks = parents && picked.length > 0 ? this.#split(parents, picked.length) : undefined;
    for (let at = 0; at < picked.length; at += 1) picked[at]?.give(item, acks?.[at]);
  }

  /** Branches that all want no more take a while to settle; nothing is to be asked for meanwhile. */
  #ready(): boolean {
    return this.#rule.ready?.() ?? someWanting(this.#first);
  }

  /** Something has changed: a branch has room, or asks, or is over, or is new. Mostly, nobody waits for that. */
  resume(): void {
    if (this.#busy) return;
    if (this.done()) this.#finish();
    else if (this.#waiting) this.#goOn();
  }

  #goOn(): void {
    const held = this.#held;
    if (held) {
      const { item, context } = held;
      // What could not be picked before is picked at once or not at all.
      const picked = held.picked ?? (this.#rule.pick(item, context) as Picked);
      this.#place(item, context, picked);
    } else this.#waiting = !this.#ready();
    if (!this.#waiting) this.#loop?.unblock();
  }

  /** An item that is held then has come too late. */
  #finish(): void {
    if (this.#held) for (const ack of this.#loop?.acks ?? []) ack.refuse();
    this.#held = undefined;
    this.#loop?.unblock();
  }

  /** An ack for each branch; when the last is done, there is an answer to the item. */
  #split(parents: readonly Ack[], count: number): readonly Ack[] {
    const answers = new Array<unknown>(count).fill(undefined);
    let left = count;
    retainAll(parents);
    const settle = (at: number, answer: unknown): void => {
      answers[at] = answer;
      left -= 1;
      if (left > 0) return;
      const combined = this.#rule.answer ? this.#rule.answer(answers) : answers[0];
      for (const parent of parents) parent.answer = combined;
      releaseAll(parents);
    };
    return answers.map((_, at) => new Ack((answer) => settle(at, answer)));
  }

  waits(): readonly Wait[] {
    const held = this.#held ? 1 : 0;
    const [behind] = [...(this.#held?.picked ?? this.#branches)].filter(({ full }) => full);
    if (behind) return [{ what: `its branch ${behind.name} to take what it lies behind`, held }];
    if (this.#busy) return [{ what: 'what is to say who gets the item' }];
    return [
      {
        what: this.#held
          ? (this.#rule.wants ?? 'a branch that can take the item')
          : 'a branch that wants an item',
        held,
      },
    ];
  }

  done(): boolean {
    return this.#rule.done?.() ?? this.#unsettled === 0;
  }

  async end(): Promise<unknown> {
    this.over = true;
    const branches = [...this.#branches];
    for (const branch of branches) branch.end();
    const results = await Promise.all(branches.map(({ result }) => result));
    return this.#rule.result ? this.#rule.result(results) : results;
  }

  async close(error?: unknown): Promise<void> {
    this.over = true;
    this.#busy = true;
    await Promise.all([...this.#branches].map((branch) => branch.cancel(error)));
  }
}

const isPromise = (picked: Picking): picked is PromiseLike<Picking> => isThenable(picked);

export function someFull(branches: Iterable<FedBranch>): boolean {
  for (const { full } of branches) if (full) return true;
  return false;
}

export function someWanting(branches: Iterable<FedBranch>): boolean {
  for (const { wanting } of branches) if (wanting) return true;
  return false;
}

import type { StageRef } from '../../core/base/errors.js';
import type { Context } from '../../core/protocol/context.js';
import type { Drain, DrainHost } from '../../core/protocol/drain.js';
import { SKIP, WAIT } from '../../core/protocol/pull.js';
import { closeAll } from '../../core/pulls/close.js';
import { PendingAnswer } from '../../core/pulls/pending-answer.js';
import type { WaitReport } from '../../core/stall/wait-report.js';
import type { Member } from './audience.js';
import { type FedBranch, someWanting } from './fed-branch.js';
import { Gathering } from './gathering.js';
import { giveFrom } from './give-from.js';
import { isLater, type Picked, type Picking, type Rule } from './rule.js';
import { splitAcks } from './split-acks.js';

interface Held {
  readonly item: unknown;
  readonly context: Context;
  readonly picked: Picked;
}

/** A drain that spreads items over branches by a rule. All junctions that spread items are built on it. */
export class BranchDrain implements Drain<unknown, unknown> {
  readonly name: string;
  readonly transparent: boolean;
  /** Set by `branch`: the drain is this branch only, and another junction can use it directly. */
  alone: FedBranch | undefined;
  /** True once no branch may be added. */
  over = false;
  readonly #first: readonly FedBranch[];
  readonly #branches: Set<FedBranch>;
  readonly #rule: Rule;
  #loop: DrainHost | undefined;
  #ref: StageRef | undefined;
  #held: Held | undefined;
  #picking: PendingAnswer<Picked> | undefined;
  /** True while branches are picked for an item or get it: a check of all branches follows. */
  #busy = false;
  /** True while no item may be taken; `#goOn` resets it. */
  #waiting = false;
  /** True if items may be gathered: it is not visible when a branch gets an item. */
  #lazy = false;
  /** True while no branch has changed since the rule was last ready for an item. */
  #steady = false;
  readonly #gathering = new Gathering();
  #resuming = false;
  #started = 0;
  #unsettled = 0;

  constructor(name: string, branches: readonly FedBranch[], rule: Rule) {
    this.name = name;
    this.#first = branches;
    this.#branches = new Set(branches);
    this.#rule = rule;
    this.transparent = rule.transparent ?? false;
  }

  /** Starts the branches, which then ask for their first item, from their sinks upward. */
  open(loop: DrainHost, ref: StageRef): typeof WAIT | undefined {
    this.#loop = loop;
    this.#ref = ref;
    this.#rule.opened?.();
    this.#picking = new PendingAnswer(loop, (picked) => this.#placed(picked));
    this.#lazy = !(loop.acknowledged || loop.run.trace || this.#rule.eager);
    for (const branch of this.#branches) this.#start(branch, loop, ref);
    this.#waiting = !this.#ready();
    return this.#waiting ? WAIT : undefined;
  }

  #start(branch: FedBranch, loop: DrainHost, stage: StageRef): void {
    const at = this.#started++;
    this.#unsettled += 1;
    const resume = () => this.resume();
    const over = () => {
      this.#unsettled -= 1;
      this.resume();
    };
    const roomy = () => this.#resumeSoon();
    branch.start({ loop, resume, roomy: this.#lazy ? roomy : resume, over, stage, at });
  }

  add(branch: FedBranch): FedBranch {
    this.#branches.add(branch);
    if (this.#loop && this.#ref) this.#start(branch, this.#loop, this.#ref);
    return branch;
  }

  /** Calls `act` in the asynchronous context of the run, for calls from outside. */
  within(act: () => void): void {
    if (this.#loop) this.#loop.run.within(act);
    else act();
  }

  remove(branch: FedBranch): void {
    this.#branches.delete(branch);
  }

  readonly take = (item: unknown, context: Context): typeof SKIP | typeof WAIT => {
    const picked = this.#rule.pick(item, context);
    if (isLater(picked)) this.#pickLater(picked, item, context);
    else if (this.#steady && picked && this.#gathering.gather(item, picked)) {
      if (picked.whole) this.#giveGathered();
    } else this.#place(item, context, picked);
    return this.#waiting ? WAIT : SKIP;
  };

  /** No item is there now: the gathered items are given to the branches. */
  rest(): void {
    this.#gathering.handOn();
  }

  #pickLater(picking: PromiseLike<Picking>, item: unknown, context: Context): void {
    this.#waiting = true;
    this.#busy = true;
    this.#gathering.handOn();
    this.#held = { item, context, picked: undefined };
    this.#picking?.start(picking as PromiseLike<Picked>, item);
  }

  #placed(picked: Picked): void {
    const held = this.#held;
    if (this.over || !held) return;
    this.#busy = false;
    this.#place(held.item, held.context, picked);
    if (!this.#waiting) this.#loop?.unblock();
  }

  #giveGathered(): void {
    this.#busy = true;
    this.#gathering.handOn();
    this.#given();
  }

  #place(item: unknown, context: Context, picked: Picked): void {
    this.#busy = true;
    this.#gathering.handOn();
    const isHeld = !picked || picked.full;
    this.#held = isHeld ? { item, context, picked } : undefined;
    this.#waiting = true;
    if (isHeld || this.#give(item, picked.branches)) this.#given();
  }

  #given(): void {
    this.#busy = false;
    this.#look();
  }

  #look(): void {
    this.#waiting = this.#held !== undefined || !this.#ready();
    this.#steady = this.#lazy && !this.#waiting;
  }

  #give(item: unknown, branches: readonly Member[]): boolean {
    const loop = this.#loop as DrainHost;
    const stage = this.#ref as StageRef;
    loop.run.trace?.({ stage, kind: 'emit' });
    const acks = splitAcks(loop, { stage, item, count: branches.length }, this.#rule.answer);
    return giveFrom(0, { item, branches, acks }, loop.run, this.#givenLater);
  }

  readonly #givenLater = (): void => {
    if (this.over) return;
    this.#given();
    if (!this.#waiting) this.#loop?.unblock();
  };

  /** False while all branches have enough but have not settled yet: no item may be asked for. */
  #ready(): boolean {
    return this.#rule.ready?.() ?? someWanting(this.#first);
  }

  /** Called when a branch has changed: it has room, asks, has ended or is new. Mostly nothing waits for that. */
  resume(): void {
    this.#steady = false;
    if (this.#busy) return;
    if (this.done()) this.#finish();
    else if (this.#waiting) this.#goOn();
  }

  /** Resumes in a microtask: a branch that does not wait takes all its items first, so runs are long. */
  #resumeSoon(): void {
    if (!this.#waiting || this.#busy || this.#resuming) return;
    this.#resuming = true;
    void Promise.resolve().then(() => {
      this.#resuming = false;
      this.resume();
    });
  }

  #goOn(): void {
    const held = this.#held;
    if (held) {
      const { item, context, picked } = held;
      // An item without picked branches never gets a promise from `pick` here.
      this.#place(item, context, picked ?? (this.#rule.pick(item, context) as Picked));
    } else this.#look();
    if (!this.#waiting) this.#loop?.unblock();
  }

  /** All branches have ended: a held item is refused. */
  #finish(): void {
    if (this.#held) for (const ack of this.#loop?.acks ?? []) ack.refuse();
    this.#held = undefined;
    this.#loop?.unblock();
  }

  waits(): readonly WaitReport[] {
    const held = this.#held ? 1 : 0;
    const waited = this.#held?.picked?.branches ?? [...this.#branches];
    const behind = waited.find(({ full }) => full);
    if (behind) return [{ what: `its ${behind.label} to take what it lies behind`, held }];
    if (this.#busy) return [{ what: 'what is to say who gets the item' }];
    if (!this.#held) return [{ what: 'a branch that wants an item', held }];
    return [{ what: this.#rule.wants ?? 'a branch that can take the item', held }];
  }

  /** True once all branches have settled: ending earlier would abort the signal that they still use. */
  done(): boolean {
    return !this.#rule.lasts && this.#unsettled === 0;
  }

  wanting(): boolean {
    return this.#rule.lasts || someWanting(this.#first);
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
    const branches = [...this.#branches].map((branch) => ({ close: () => branch.cancel(error) }));
    await closeAll(this.#picking ? [...branches, this.#picking] : branches);
  }
}

import { BoundError } from '../../core/base/errors.js';
import { keyText } from '../../core/base/stage-ref.js';
import type { Context } from '../../core/protocol/context.js';
import { type Audience, type Member, NO_BRANCHES } from './audience.js';
import type { BranchDrain } from './branch-drain.js';
import type { FedBranch } from './fed-branch.js';
import type { Picking } from './rule.js';

type Make = (key: unknown, context: Context) => FedBranch;

/** The branches of a `groupBy`, by key, up to a bound. */
export class Groups {
  protected readonly drain: BranchDrain;
  protected readonly bound: number;
  protected readonly open = new Map<unknown, FedBranch>();
  readonly #make: Make;

  constructor(drain: BranchDrain, make: Make, bound: number) {
    this.drain = drain;
    this.#make = make;
    this.bound = bound;
  }

  pick(key: unknown, context: Context): Picking {
    const group = this.open.get(key);
    if (group) return group.alone;
    if (this.open.size < this.bound) return this.add(key, context);
    throw new BoundError(
      `one group more than ${this.bound} would be open, for ${keyText(key)}; raise the groups option, or let when: 'end-oldest' make room`,
    );
  }

  /** Opens a group, unless the run is over. */
  protected add(key: unknown, context: Context): Audience {
    if (this.drain.over) return NO_BRANCHES;
    const group = this.#make(key, context);
    this.open.set(key, group);
    return this.drain.add(group).alone;
  }

  /** Maps keys to results. `results` has the order in which the groups were opened. */
  results(results: readonly unknown[]): Map<unknown, unknown> {
    return new Map([...this.open.keys()].map((key, at) => [key, results[at]]));
  }
}

/** As `Groups`, but the group that has had no item for the longest time is ended to make room for a new one. */
export class AgingGroups extends Groups {
  /** The key of each open group, in the order of opening. `open` is in the order of the groups' latest items. */
  readonly #keys = new Map<Member, unknown>();
  /** The results of the groups of each key. A key without a result is removed. */
  readonly #results = new Map<unknown, unknown[]>();

  override pick(key: unknown, context: Context): Picking {
    const group = this.open.get(key);
    if (!group) {
      if (this.open.size < this.bound) return this.add(key, context);
      return this.#endOldest().then(() => this.add(key, context));
    }
    this.open.delete(key);
    this.open.set(key, group);
    return group.alone;
  }

  protected override add(key: unknown, context: Context): Audience {
    const picked = super.add(key, context);
    for (const group of picked.branches) this.#keys.set(group, key);
    if (!this.#results.has(key)) this.#results.set(key, []);
    return picked;
  }

  async #endOldest(): Promise<void> {
    this.drain.rest();
    for (const [key, group] of this.open) {
      group.end();
      this.#keep(key, await group.result);
      this.open.delete(key);
      this.#keys.delete(group);
      this.drain.remove(group);
      return;
    }
  }

  #keep(key: unknown, result: unknown): void {
    const kept = this.#results.get(key);
    if (result !== undefined) kept?.push(result);
    else if (kept?.length === 0) this.#results.delete(key);
  }

  override results(results: readonly unknown[]): Map<unknown, unknown> {
    [...this.#keys.values()].forEach((key, at) => {
      this.#keep(key, results[at]);
    });
    return this.#results;
  }
}

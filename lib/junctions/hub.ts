import { ClosedError } from '../core/base/errors.js';
import { stageRef } from '../core/base/stage-ref.js';
import { validateKnown, validateOneOf, validateOptions } from '../core/base/validate.js';
import { Run } from '../core/protocol/run.js';
import { nameOf } from '../streams/define.js';
import { sinkPlan } from '../streams/plans.js';
import { Sink } from '../streams/sink.js';
import type { NameOptions, SinkLike } from '../streams/types.js';
import { Audience, type Member, NO_BRANCHES } from './branches/audience.js';
import { BranchDrain } from './branches/branch-drain.js';
import {
  type BranchPolicy,
  type BranchResult,
  POLICY,
  readPolicy,
} from './branches/branch-policy.js';
import { FedBranch } from './branches/fed-branch.js';
import type { Picked, Rule } from './branches/rule.js';

/** Options of `hub`. */
export interface HubOptions extends NameOptions {
  /** What is done with an item while there is no branch: `block` holds it, `drop` counts it. Default `block`. */
  readonly empty?: 'block' | 'drop' | undefined;
}

/** The result of a hub: how many items came while there was no branch. */
export interface HubResult {
  readonly dropped: number;
}

/** A branch that has joined a hub. */
export interface HubBranch<R> {
  /**
   * The result of the branch, once it is closed; it never rejects. The branch is closed when the hub has run or was
   * destroyed. If neither can happen any more, that is reported on stderr once this property was read.
   */
  readonly result: Promise<BranchResult<R>>;
  /** Gives the branch no more items; those that wait for it are finished. Resolves with its result. */
  leave(): Promise<BranchResult<R>>;
}

/**
 * A sink whose branches come and go: `join` adds a branch, also while the hub runs, and returns a handle whose `leave`
 * removes it.
 *
 * Emits: each item to every branch that has joined, in order.   Holds: as many items as the policies of the branches
 * say, and one while there is no branch.
 * Waits: while a branch that blocks is full; while there is no branch, unless `empty` is `drop`. Then a `stop` waits,
 * too; `signal` does not.
 * Ends: with its input, when all branches have ended. It results in `{ dropped }`, and each branch in a record of its
 * own.
 * Fails: when a branch fails, with that branch's error, unless its policy detaches it; the others are closed. A `send`
 * is answered with the array of the answers of the branches that got the item.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `empty` is neither `block` nor `drop`.
 * @example
 * const all = hub();
 * const member = all.join(toArray());
 * await pipeline([1, 2], all) // { dropped: 0 }
 * await member.result // { status: 'fulfilled', value: [1, 2], dropped: 0 }
 */
export function hub<T = unknown>(options: HubOptions = {}): Hub<T> {
  const name = nameOf('hub', options);
  validateOptions('hub', options, ['empty']);
  const { empty = 'block' } = options;
  validateOneOf('hub', 'empty', empty, ['block', 'drop']);
  return new Hub(name, new Members(empty === 'drop'));
}

/** The branches of a hub. */
class Members implements Rule {
  readonly wants = 'a branch to join';
  readonly lasts = true;
  /** A branch may let another one join, so items are not gathered. */
  readonly eager = true;
  readonly #drops: boolean;
  /** Replaced rather than changed, so that it can be iterated meanwhile. */
  #present = NO_BRANCHES;
  #dropped = 0;
  #opened = false;
  /** Registered while a result is awaited before the hub runs, so that a stall is reported. */
  #expected: Run | undefined;

  constructor(drops: boolean) {
    this.#drops = drops;
  }

  /** Called when a caller asks for the result of a branch. Before the hub runs, that may wait for ever. */
  expectResult(name: string): void {
    if (this.#opened || this.#expected) return;
    this.#expected = new Run();
    this.#expected.isAwaited = () => true;
    this.#expected.expect(stageRef(name, 0));
  }

  opened(): void {
    this.#opened = true;
    this.#expected?.leave();
  }

  add(branch: FedBranch): void {
    this.#present = new Audience([...this.#present.branches, branch]);
  }

  pick(): Picked {
    const { branches } = this.#present;
    if (!branches.every(isWanting)) this.#present = new Audience(branches.filter(isWanting));
    if (this.#present.branches.length > 0) return this.#present;
    if (!this.#drops) return undefined;
    this.#dropped += 1;
    return this.#present;
  }

  ready(): boolean {
    return !this.#present.full;
  }

  answer(answers: unknown[]): unknown {
    return answers;
  }

  result(): HubResult {
    return { dropped: this.#dropped };
  }
}

const isWanting = ({ wanting }: Member): boolean => wanting;

/** The result of `hub`. */
export class Hub<T> extends Sink<T, HubResult, unknown[]> {
  readonly #drain: BranchDrain;
  readonly #members: Members;

  /** @internal */
  constructor(name: string, members: Members) {
    const drain = new BranchDrain(name, [], members);
    super({ name, links: [], drain });
    this.#drain = drain;
    this.#members = members;
  }

  /**
   * Gives every item from now on to `sink` too, until it leaves, ends early or fails.
   *
   * @throws {ClosedError} ERR_SLUICE_CLOSED: the hub is over.
   * @throws {ArgumentError} ERR_SLUICE_ARGUMENT: `sink` is not a sink, or the policy is out of range.
   */
  join<R = void>(sink: SinkLike<T, R>, policy?: BranchPolicy): HubBranch<R> {
    const drain = this.#drain;
    validateKnown('hub', policy, POLICY);
    const read = readPolicy('hub', policy);
    if (drain.over) throw new ClosedError('the hub');
    const branch = new FedBranch(sinkPlan('hub: a branch', sink), read);
    drain.within(() => {
      this.#members.add(branch);
      drain.add(branch);
      drain.resume();
    });
    const result = branch.result as Promise<BranchResult<R>>;
    void result.then(() => drain.remove(branch));
    const expectResult = (): typeof result => {
      this.#members.expectResult(drain.name);
      return result;
    };
    const leave = (): Promise<BranchResult<R>> => {
      drain.within(() => {
        branch.end();
        drain.resume();
      });
      return expectResult();
    };
    return {
      get result() {
        return expectResult();
      },
      leave,
    };
  }
}

import { ClosedError } from '../core/base/errors.js';
import { stageRef } from '../core/base/stage-ref.js';
import { validateKnown, validateOneOf, validateOptions } from '../core/base/validate.js';
import { Run } from '../core/protocol/run.js';
import { nameOf } from '../streams/define.js';
import { sinkPlan } from '../streams/plans.js';
import { Sink } from '../streams/sink.js';
import type { NameOptions, SinkLike } from '../streams/types.js';
import { Audience, type Member, NOBODY } from './branches/audience.js';
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
  /** What is done with an item while no branch is there: `block` lets it wait, `drop` counts it. Default `block`. */
  readonly empty?: 'block' | 'drop' | undefined;
}

/** What came of a hub: how many items no branch was there for. */
export interface HubResult {
  readonly dropped: number;
}

/** A branch that has joined a hub. */
export interface HubBranch<R> {
  /**
   * What came of the branch, once it is closed; it never rejects. A hub has to run, or to be destroyed, for that: whoever
   * asks is told on stderr when it can't any more.
   */
  readonly result: Promise<BranchResult<R>>;
  /** Gives it no more items; those that wait for it are finished. Resolves with its result. */
  leave(): Promise<BranchResult<R>>;
}

/**
 * A sink whose branches come and go: `join` adds one, also while it runs, and answers a handle to `leave` by.
 *
 * Emits: each item to every branch that is there, in order.   Holds: what the policies of the branches say, and one item
 * while no branch is there.
 * Waits: while a branch that blocks is full; while no branch is there, unless `empty` says `drop`. A `stop` waits with it;
 * `signal` does not.
 * Ends: with its input, when all branches have ended. It results in `{ dropped }`, and each branch in a record of its own.
 * Fails: when a branch fails that is not to be detached, with that branch's error; the others are closed. A `send` is
 * answered with the array of the answers of those that were there.
 *
 * @throws {ArgumentError} ERR_SLUICE_ARGUMENT at the call: `empty` is neither word.
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

/** Who is there. */
class Members implements Rule {
  readonly wants = 'a branch to join';
  readonly lasts = true;
  /** Any of them may let another join before the next item. */
  readonly eager = true;
  readonly #drops: boolean;
  /** Replaced by another when it changes, so that it may be walked meanwhile. */
  #present = NOBODY;
  #dropped = 0;
  #opened = false;
  #unused: Run | undefined;

  constructor(drops: boolean) {
    this.#drops = drops;
  }

  /** Whoever asks before the hub runs what came of a branch may wait for ever. */
  asked(name: string): void {
    if (this.#opened || this.#unused) return;
    this.#unused = new Run();
    this.#unused.isAwaited = () => true;
    this.#unused.expect(stageRef(name, 0));
  }

  opened(): void {
    this.#opened = true;
    this.#unused?.leave();
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

/** What `hub` makes. */
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
   * @throws {ArgumentError} ERR_SLUICE_ARGUMENT: `sink` is none, or the policy is out of range.
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
    const asked = (): typeof result => {
      this.#members.asked(drain.name);
      return result;
    };
    const leave = (): Promise<BranchResult<R>> => {
      drain.within(() => {
        branch.end();
        drain.resume();
      });
      return asked();
    };
    return {
      get result() {
        return asked();
      },
      leave,
    };
  }
}

import { isThenable } from '../../core/base/thenable.js';
import type { Context } from '../../core/protocol/context.js';
import type { Audience } from './audience.js';

/** The branches that get an item. Undefined: none yet; `pick` is called again when a branch has changed. */
export type Picked = Audience | undefined;

/** A `Picked`, or a promise of one. */
export type Picking = Picked | PromiseLike<Picking>;

export const isLater = (picked: Picking): picked is PromiseLike<Picking> => isThenable(picked);

/** The rule by which a junction spreads items over its branches. */
export interface Rule {
  /** Called when the run begins. */
  opened?(): void;
  /** Picks the branches for an item; a promise is waited for. The item is held while one of them is full. */
  pick(item: unknown, context: Context): Picking;
  /** Whether to ask for the next item. Default: while any of the first branches takes items. */
  ready?(): boolean;
  /** True if the junction goes on when every branch is over. Default: it ends then. */
  readonly lasts?: boolean;
  /** True if `pick` depends on the state of the branches: then items are given one by one, not in runs. */
  readonly eager?: boolean;
  /** Combines the answers of the picked branches to the answer to the item. Default: the first. */
  answer?(answers: unknown[]): unknown;
  /** Combines the results of the branches, in the order in which they were added. Default: the array of them. */
  result?(results: unknown[]): unknown;
  /** What the junction waits for while no branch is picked, in words. Default: a branch that can take the item. */
  readonly wants?: string;
  /** True if the errors of the rule need no stage name. */
  readonly transparent?: boolean;
}

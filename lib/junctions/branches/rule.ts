import { isThenable } from '../../core/base/thenable.js';
import type { Context } from '../../core/protocol/context.js';
import type { Audience } from './audience.js';

/** Who gets an item; undefined: nobody yet, to be asked again when something has changed. */
export type Picked = Audience | undefined;

/** The same, now or later. */
export type Picking = Picked | PromiseLike<Picking>;

export const isLater = (picked: Picking): picked is PromiseLike<Picking> => isThenable(picked);

/** How items are spread over branches. */
export interface Rule {
  /** The run has begun. */
  opened?(): void;
  /** A promise is waited for. The item is held until none of those picked is full. */
  pick(item: unknown, context: Context): Picking;
  /** Whether to ask for the next item. Default: while any of the first branches wants one. */
  ready?(): boolean;
  /** It goes on though every branch is over. Default: then it is over. */
  readonly lasts?: boolean;
  /** It goes by how the branches fare: each takes its item at once. */
  readonly eager?: boolean;
  /** What an item is answered with, given the answers of those that were picked. Default: the first. */
  answer?(answers: unknown[]): unknown;
  /** What comes of it all, given the results of the branches in the order in which they were added. Default: these. */
  result?(results: unknown[]): unknown;
  /** What is waited for while nobody is picked. Default: a branch that can take the item. */
  readonly wants?: string;
  /** Its own errors name their stage. */
  readonly transparent?: boolean;
}

import type { Pull } from './pull.js';

/** The way of an item that has just come past whatever it would have waited in. */
export interface Passage {
  /** Nothing is under way that an item would have to wait for, once the one before it has been taken. */
  readonly ready: boolean;
  /** True when the next item is wanted at once. */
  pass(item: unknown): boolean;
}

/** A pull that is fed item by item: what comes while an item is waited for goes by the passage, if there is one. */
export interface Passable<T> extends Pull<T> {
  passage: Passage | undefined;
}

export const isPassable = <T>(pull: Pull<T>): pull is Passable<T> => 'passage' in pull;

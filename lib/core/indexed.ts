import type { Pull } from './pull.js';

/** A pull whose items are told by their places alone: a generated loop reads them by itself, with the place in hand. */
export interface Indexed<T> extends Pull<T> {
  /** Nothing else is under way, so `next` says where it is. */
  readonly free: boolean;
  /** The place of the next item. */
  next: number;
  /** As of now. */
  readonly length: number;
  /** The item at a place before `length`. */
  at(place: number): T;
}

export const isIndexed = <T>(pull: Pull<T>): pull is Indexed<T> => 'next' in pull;

import type { Pull } from './pull.js';

/** A pull whose items are told by their places alone: a generated loop reads them by itself, with the place in hand. */
export interface Indexed<T> extends Pull<T> {
  /** After the last place there may be more items: `pull` tells. */
  readonly refills: boolean;
  /** Nothing else is under way, so `next` says where it is. */
  readonly free: boolean;
  /** The place of the next item. Whoever reads in place has it by heart until he stops or pulls: places only grow. */
  next: number;
  /** The first place that is not to be read, as of now. */
  readonly limit: number;
  /** The item at a place before `limit`, which is read once. */
  at(place: number): T;
  /** Without `refills`: an item that was read is a promise, and the next pull tells what comes of it. */
  suspend?(item: PromiseLike<T>): void;
}

export const isIndexed = <T>(pull: Pull<T>): pull is Indexed<T> => 'refills' in pull;

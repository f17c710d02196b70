import type { Waiting } from '../stall/wait-report.js';

/** No item is there now. The pull has arranged that `Host.wake` is called when one may be, and is then pulled again. */
export const WAIT: unique symbol = Symbol('sluice.wait');

/** There are no more items, and there will never be any. The pull is not called again. */
export const END: unique symbol = Symbol('sluice.end');

/** What a step returns instead of an item when it drops the item it got. */
export const SKIP: unique symbol = Symbol('sluice.skip');

/** What `pull` returns: an item, or one of the signals `WAIT` and `END`. */
export type Pulled<T> = T | typeof WAIT | typeof END;

/**
 * The protocol between stages. A stage that wants an item calls `pull` of the stage before it, down to the source. So
 * demand and backpressure are the same call: a stage that is not asked does not ask. An item that is there costs one
 * function call, and no promise.
 */
export interface Pull<T> extends Waiting {
  /**
   * Tries to get the next item, and never blocks. It returns one of these:
   * - an item. Being pulled again means that the reader is done with this item, or holds it.
   * - `WAIT`: no item is there now. The pull must first have arranged that `Host.wake` is called when one may be there.
   *   It may be pulled again earlier, and then returns `WAIT` again.
   * - `END`: no item will ever come again.
   *
   * It throws to fail. After `END`, after it has thrown and after `close`, the reader must not call it again.
   */
  pull(): Pulled<T>;
  /**
   * Releases everything that it holds, and closes the stages before it. May be called at any time, and more than once.
   * Returns a promise only if closing has to wait.
   */
  close(): void | Promise<void>;
}

export const isItem = <T>(pulled: Pulled<T>): pulled is T => pulled !== WAIT && pulled !== END;

/**
 * A pull that can also be read by index, as an array can: generated code then needs no call per item. Generated code
 * keeps `next` in a local variable and writes it back when it stops or calls `pull()`, so an index is never reused.
 */
export interface Indexed<T> extends Pull<T> {
  /** True if more items may come after `limit`: then `pull` must be called there. */
  readonly refills: boolean;
  /** True if the item at `next` comes next. False while `pull` must answer first, such as with a promise's value. */
  readonly free: boolean;
  /** The index of the next item. It only grows. */
  next: number;
  /** The first index that must not be read by `at` now. */
  readonly limit: number;
  /** The item at an index from `next` up to `limit`. Each is read once. */
  at(index: number): T;
  /** Only without `refills`: an item read by `at` is a promise. The next pull answers with its outcome. */
  suspend?(item: PromiseLike<T>): void;
}

export const isIndexed = <T>(pull: Pull<T>): pull is Indexed<T> => 'refills' in pull;

/** A direct way through a segment for a new item of its source: the item is not queued, and the loop is not woken. */
export interface Passage {
  /** True if an item may pass at once: the loop is idle and has no reason to stop first. */
  readonly ready: boolean;
  /** Takes one item through the segment. True if the segment wants the next item already. */
  pass(item: unknown): boolean;
}

/** A pull that other code feeds item by item. An item that its reader waits for goes to `passage`, if that is set. */
export interface Passable<T> extends Pull<T> {
  passage: Passage | undefined;
  /** Tells the pull that the item it gave, and everything made of it, is done: its ack can be released. */
  passed?(): void;
}

export const isPassable = <T>(pull: Pull<T>): pull is Passable<T> => 'passage' in pull;

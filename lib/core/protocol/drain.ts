import type { StageRef } from '../base/errors.js';
import type { Waiting } from '../stall/wait-report.js';
import type { Context } from './context.js';
import type { Fold } from './fold.js';
import type { Host } from './host.js';
import type { Taken } from './part.js';
import type { WAIT } from './pull.js';

/** The loop that feeds a drain, as the drain sees it. */
export interface DrainHost extends Host {
  /** False once the loop is ending, has failed or was cancelled. */
  readonly live: boolean;
  /** When true, generated code stops, and plain pulls run the loop from then on. Never reset. */
  interrupted: boolean;
  /** The loop gives the drain no item until `unblock` is called. */
  block(): void;
  unblock(): void;
  /** Adds the drain's stage and the item's index to an error that the drain threw. */
  refusal(error: unknown, item: unknown): unknown;
}

/** The end of a chain: takes its items. A sink consists of links and one drain. */
export interface Drain<I = never, R = unknown> extends Waiting, Taken {
  readonly name: string;
  /** True if its errors need no stage name: they have one already, or are those of a user's stream. */
  readonly transparent?: boolean;
  /** True if the drain writes to a stream of bytes: statistics count them. */
  readonly bytes?: boolean;
  /** Set if it writes to a stream of the user's: makes the drain that writes there through some others of the user's. */
  behind?(streams: readonly object[]): Drain<I, R>;
  /** Called once, before the first item. Returns `WAIT` to get no item before it has called `loop.unblock()`. */
  open?(loop: DrainHost, ref: StageRef): typeof WAIT | void;
  /**
   * Takes one item. What it returns tells the loop how to go on:
   * - a value: the answer to the item, which `push` resolves its send with. The loop goes on at once.
   * - a promise of the answer: the loop gives the next item once the promise has resolved.
   * - `SKIP`: the drain answers the acks of the item itself. The loop goes on at once.
   * - `WAIT`: as `SKIP`, and the loop gives no item until the drain calls `loop.unblock()`.
   *
   * It is called without `this`: it may be a user's callback.
   */
  readonly take: (item: I, context: Context) => unknown;
  /** Set when `take` is this fold's: generated code then calls the fold's callback directly. */
  readonly fold?: Fold<I, unknown>;
  /** The source has no item for now, or has ended: the drain hands on what it has gathered. */
  rest?(): void;
  /** Called before each item. True ends the run early. */
  done?(): boolean;
  /** False if `done` will become true without another item. */
  wanting?(): boolean;
  /** Called when all items have been taken. Returns the result of the run. */
  end?(context: Context): R | PromiseLike<R>;
  /** Called last, when the chain is closed. `error` is set if the run has failed. */
  close?(error?: unknown): void | Promise<void>;
}

/** Gives all drains the same properties in the same order, so that V8 sees one hidden class: see `namedStep`. */
export function namedDrain<I, R>(name: string, drain: Omit<Drain<I, R>, 'name'>): Drain<I, R> {
  const { transparent, bytes, open, take, fold, rest, done, wanting, end, close, waits, part } =
    drain;
  const named = {
    name,
    transparent,
    bytes,
    open,
    take,
    fold,
    rest,
    done,
    wanting,
    end,
    close,
    waits,
    part,
  };
  return named as Drain<I, R>;
}

export type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

/** The owner of a loop, which the loop calls at these events. */
export interface Owner<R> {
  /** Called at once when the loop fails, before anything is closed. */
  failed?(error: unknown): void;
  /** Called when the loop needs no more items, although its input has not ended. */
  endedEarly?(): void;
  /** Called once, when everything is closed. */
  settled(outcome: Outcome<R>): void;
}

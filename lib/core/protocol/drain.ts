import type { StageRef } from '../base/errors.js';
import type { Waiting } from '../stall/wait-report.js';
import type { Context } from './context.js';
import type { Fold } from './fold.js';
import type { Host } from './host.js';
import type { WAIT } from './pull.js';

/** What a drain may ask of the loop that feeds it. */
export interface DrainHost extends Host {
  /** Items can still be moved. */
  readonly live: boolean;
  /** Set for good: the loop is run by plain pulls from now on. */
  interrupted: boolean;
  /** The drain takes no more items before `unblock`. */
  block(): void;
  unblock(): void;
  /** What `error` becomes when the drain is to blame for what it did with `item`. */
  refusal(error: unknown, item: unknown): unknown;
}

/** Where items end up. A sink is made of one of these. */
export interface Drain<I = never, R = unknown> extends Waiting {
  readonly name: string;
  /** Its errors already name their stage, or are those of the user's own streams. */
  readonly transparent?: boolean;
  /** It writes into a stream of bytes. */
  readonly bytes?: boolean;
  /** Called once, before the first item. `WAIT`: there is to be none before `loop.unblock()`. */
  open?(loop: DrainHost, ref: StageRef): typeof WAIT | void;
  /**
   * Takes an item and answers; a promise is waited for. `SKIP`: the acks are answered some other way.
   * `WAIT`: that too, and no more items until `loop.unblock()`. It is called without `this`, as it may be the user's.
   */
  readonly take: (item: I, context: Context) => unknown;
  /** What `take` does, where it is folding: a compiled segment then calls the callback itself. */
  readonly fold?: Fold<I, unknown>;
  /** No item comes for now: what `take` has left undone is to be done. */
  rest?(): void;
  /** Asked before each item: true ends the run early. */
  done?(): boolean;
  /** False when it will be done without another item. */
  wanting?(): boolean;
  /** All items have been taken: the result. */
  end?(context: Context): R | PromiseLike<R>;
  /** The run is over; `error` is there when it failed. */
  close?(error?: unknown): void | Promise<void>;
}

/** All drains that are records are of one shape, as all steps are. */
export function namedDrain<I, R>(name: string, drain: Omit<Drain<I, R>, 'name'>): Drain<I, R> {
  const { transparent, bytes, open, take, fold, rest, done, wanting, end, close, waits } = drain;
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
  };
  return named as Drain<I, R>;
}

export type Outcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'cancelled' };

/** Who is told how a loop fares. */
export interface Owner<R> {
  /** At once when it fails, before anything is closed. */
  failed?(error: unknown): void;
  /** When it has what it needs and its input has not ended. */
  endedEarly?(): void;
  /** When everything is closed. */
  settled(outcome: Outcome<R>): void;
}

import type { Context } from './context.js';
import type { Fold } from './fold.js';
import type { SKIP } from './pull.js';

type Now<T> = T | PromiseLike<T>;

export type Items<O> = Iterable<O | PromiseLike<O>> | AsyncIterable<O>;

/**
 * What one stage does to one item, over state of its own: exactly one of the first five, and any of the hooks. A plain
 * record, so that a whole segment of them can become one loop: see `compile`.
 */
export interface Step<I = never, O = unknown> {
  readonly name: string;
  /** Item to item; `SKIP` for nothing. */
  readonly map?: (item: I, context: Context) => Now<O | typeof SKIP>;
  /** Keeps the item when it answers something true. */
  readonly test?: (item: I, context: Context) => unknown;
  /** Sees the item, which goes on as it is. */
  readonly tap?: (item: I, context: Context) => unknown;
  /** The value so far, for each item. */
  readonly fold?: Fold<I, O>;
  /** Item to any number of items. */
  readonly expand?: (item: I, context: Context) => Now<Items<O>>;
  /** Asked before each pull, perhaps more than once: true ends the stage without pulling again. */
  readonly done?: () => boolean;
  /** Nothing has come for a turn of the event loop: hand over what you hold. */
  readonly idle?: () => Iterable<O>;
  /**
   * The input has ended: hand over what you hold. `cut` when a graceful stop ended it: half of something larger is
   * not what anybody wants then.
   */
  readonly end?: (cut: boolean) => Iterable<O>;
  /** How many of the latest inputs are held back, for whoever waits for an answer to them. */
  readonly held?: () => number;
  /** It is over, however it came to that: let go of what would go on by itself. May be called more than once. */
  readonly close?: () => void;
}

/** All steps are of one shape: V8 gives each record that is spread one of its own, and forgets what it knows of others. */
export function namedStep<I, O>(
  name: string,
  step: Omit<Step<I, O>, 'name'>,
): Step<never, unknown> {
  const { map, test, tap, fold, expand, done, idle, end, held, close } = step;
  const named = { name, map, test, tap, fold, expand, done, idle, end, held, close };
  return named as Step<never, unknown>;
}

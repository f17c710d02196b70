import type { Now } from '../base/thenable.js';
import type { Context } from './context.js';
import type { Fold } from './fold.js';
import type { Taken } from './part.js';
import type { SKIP } from './pull.js';

export type Items<O> = Iterable<O | PromiseLike<O>> | AsyncIterable<O>;

/**
 * What a stage does with one item. A step has exactly one of `map`, `test`, `tap`, `fold` and `expand`, and any of the
 * hooks. Its state is in the closures of its functions. It is a plain record, so that a loop can be generated for a
 * whole segment of steps: see `compile`.
 */
export interface Step<I = never, O = unknown> extends Taken {
  readonly name: string;
  /** Makes one item of the item; returns `SKIP` to drop it. */
  readonly map?: (item: I, context: Context) => Now<O | typeof SKIP>;
  /** Keeps the item if the result is truthy. */
  readonly test?: (item: I, context: Context) => unknown;
  /** Is called with the item, which goes on unchanged. */
  readonly tap?: (item: I, context: Context) => unknown;
  /** Emits the new value of the fold for each item. */
  readonly fold?: Fold<I, O>;
  /** Makes any number of items of the item. */
  readonly expand?: (item: I, context: Context) => Now<Items<O>>;
  /** Called before each pull, perhaps more than once. True ends the stage without another pull. */
  readonly done?: () => boolean;
  /** Called when no input has come for a turn of the event loop. Returns the held items, to be emitted. */
  readonly idle?: () => Iterable<O>;
  /**
   * Called when the input has ended. Returns the held items, to be emitted. `cut`: a graceful stop has ended the input,
   * so an incomplete part of something larger should be dropped.
   */
  readonly end?: (cut: boolean) => Iterable<O>;
  /** How many of the latest input items the stage holds: their sends are answered later. */
  readonly held?: () => number;
  /** Called when the stage is closed, perhaps more than once. Releases timers and other resources. */
  readonly close?: () => void;
}

/**
 * Gives all steps the same properties in the same order, so that V8 sees one hidden class. Records made by spreading
 * get a class each, for which V8 would optimise the code anew.
 */
export function namedStep<I, O>(
  name: string,
  step: Omit<Step<I, O>, 'name'>,
): Step<never, unknown> {
  const { map, test, tap, fold, expand, done, idle, end, held, close, part } = step;
  const named = { name, map, test, tap, fold, expand, done, idle, end, held, close, part };
  return named as Step<never, unknown>;
}

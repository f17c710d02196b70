import type { CallbackOptions, StageLike } from '../../index.js';
import type { CheckOptions } from './check.js';
import type { Kind } from './part.js';

/** A callback as the suites give one. */
export type Callback = (...args: unknown[]) => unknown;

/** Options as every operator with a callback has them, whatever its types. */
export type Policies = CallbackOptions<unknown, never>;

/** What `stageConformance` has to know of a stage. */
export interface StageSpec<I, O> extends CheckOptions {
  /** Some items that it takes; three at least, and few enough for the buffers of a stream. */
  readonly input: readonly I[];
  /** What comes of `input`, worked out without the stage; an item at least. */
  readonly expected: readonly O[];
  /** What comes of no input. Default nothing. */
  readonly empty?: readonly O[];
  /** What is compared of the output, where its order or how it is cut may differ. Default: all of it. */
  readonly essence?: (items: readonly O[]) => unknown;
  /** True of a stage of ours that never waits: `pull` can run it too. Default false. */
  readonly sync?: boolean;
  /** The same stage so that it never ends by itself. Default: as made for `input`. */
  readonly endless?: () => StageLike<I, O>;
  /** How many items of input it takes, at most, for one of output, or holds. Default 1. */
  readonly inputsPerOutput?: number;
  /** It emits nothing before its input has ended. Default false. */
  readonly whole?: boolean;
  /** It may drop items when its reader is slow. Default false. */
  readonly lossy?: boolean;
  /** Items of which the last makes it fail. */
  readonly failing?: readonly I[];
  /** How it treats a callback of its own, if it takes one. */
  readonly callback?: CallbackSpec<I, O>;
  /** How it treats values that look like nothing, if it hands on items that it does not look at. */
  readonly values?: ValuesSpec;
}

export interface CallbackSpec<I, O> {
  /** The stage with this callback, which gets `{ signal }` as its last argument. */
  readonly make: (fn: Callback, options?: Policies) => StageLike<I, O>;
  /** What the callback answers so that it is called with the next item too. */
  readonly goOn: unknown;
  /** Answers that must be refused because a `null` is, or would become, an item. Default: none. */
  readonly nulls?: readonly unknown[];
  /** What errors call a stage of ours whose callback is called `fails`. Default: that is not looked at. */
  readonly stageName?: string;
  /** How many calls are under way at once when none is answered. Default 1. */
  readonly calls?: number;
  /** Whether it takes the options `onError` and `retry`. Default false. */
  readonly policies?: boolean;
}

/** The stage set up so that every item passes, in its own way, unharmed. */
export interface ValuesSpec {
  readonly make: () => StageLike<unknown, unknown>;
  readonly expected: (items: readonly unknown[]) => readonly unknown[];
}

export interface Subject<I, O> extends StageSpec<I, O> {
  readonly kind: Kind;
  readonly make: () => StageLike<I, O>;
}

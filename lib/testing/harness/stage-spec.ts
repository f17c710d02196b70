import type { CallbackOptions, StageLike } from '../../index.js';
import type { CheckOptions } from './check.js';
import type { Kind } from './part.js';

/** A callback that the suites pass to an operator. */
export type Callback = (...args: unknown[]) => unknown;

/** The options that every operator with a callback has, without its types. */
export type Policies = CallbackOptions<unknown, never>;

/** What `stageConformance` must know about a stage. */
export interface StageSpec<I, O> extends CheckOptions {
  /** Items for the stage; at least three, and few enough to fit into the buffers of a stream. */
  readonly input: readonly I[];
  /** The output for `input`, computed without the stage; at least one item. */
  readonly expected: readonly O[];
  /** The output for no input. Default: no items. */
  readonly empty?: readonly O[];
  /** The part of the output that is compared, for a stage whose order or chunks may differ. Default: all of it. */
  readonly essence?: (items: readonly O[]) => unknown;
  /** Whether this is a Sluice stage that never waits, so that `pull` can run it too. Default false. */
  readonly sync?: boolean;
  /** Makes the same stage in a form that never ends by itself. Default: as `make`. */
  readonly endless?: () => StageLike<I, O>;
  /** How many input items the stage holds, or takes for one output item, at most. Default 1. */
  readonly inputsPerOutput?: number;
  /** Whether the stage emits nothing before its input has ended. Default false. */
  readonly whole?: boolean;
  /** Whether the stage may drop items when its reader is slow. Default false. */
  readonly lossy?: boolean;
  /** Items of which the last makes the stage fail. */
  readonly failing?: readonly I[];
  /** How the stage treats its callback, if it takes one. */
  readonly callback?: CallbackSpec<I, O>;
  /** How the stage treats values such as `undefined` and `0`, if it passes items on without looking at them. */
  readonly values?: ValuesSpec;
}

export interface CallbackSpec<I, O> {
  /** Makes the stage with this callback, which must get `{ signal }` as its last argument. */
  readonly make: (fn: Callback, options?: Policies) => StageLike<I, O>;
  /** What the callback returns so that the stage calls it with the next item too. */
  readonly goOn: unknown;
  /** Return values that the stage must refuse because they are, or contain, a `null` item. Default: none. */
  readonly nulls?: readonly unknown[];
  /** The name of a Sluice stage in errors when its callback is named `fails`. Default: the name is not checked. */
  readonly stageName?: string;
  /** How many calls are in progress at once when none of them settles. Default 1. */
  readonly calls?: number;
  /** Whether the stage takes the options `onError` and `retry`. Default false. */
  readonly policies?: boolean;
}

/** The stage in a form that passes every item on unchanged. */
export interface ValuesSpec {
  readonly make: () => StageLike<unknown, unknown>;
  readonly expected: (items: readonly unknown[]) => readonly unknown[];
}

export interface Subject<I, O> extends StageSpec<I, O> {
  readonly kind: Kind;
  readonly make: () => StageLike<I, O>;
}

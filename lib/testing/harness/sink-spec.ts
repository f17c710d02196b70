import type { Sink, SinkLike } from '../../index.js';
import type { CheckOptions } from './check.js';
import type { Kind } from './part.js';
import type { Callback, Policies } from './stage-spec.js';

/** What `sinkConformance` must know about a sink. */
export interface SinkSpec<I> extends CheckOptions {
  /** Items for the sink; at least three, all different. */
  readonly input: readonly I[];
  /** The result of `input`, computed without the sink. */
  readonly result: unknown;
  /** The result when there are no items. Default: `undefined`. */
  readonly empty?: unknown;
  /**
   * Reads the result from a sink whose run has none, such as what it has written. Default: what the run resolves with.
   */
  readonly resultOf?: (sink: never) => unknown;
  /** The sink has its result after this many items of `input`, and takes no more. Default: it takes all. */
  readonly enough?: number;
  /** Items of which the last makes the sink fail. */
  readonly failing?: readonly I[];
  /** How many resources of the sink are open now, if the test can tell. */
  readonly open?: () => number;
  /** How the sink treats its callback, if it takes one. */
  readonly callback?: SinkCallbackSpec<I>;
  /** How the sink treats its branches, if it is a junction. */
  readonly junction?: JunctionSpec<I>;
}

export interface SinkCallbackSpec<I> {
  /** Makes the sink with this callback, which must get `{ signal }` as its last argument. */
  readonly make: (fn: Callback, options?: Policies) => SinkLike<I, unknown>;
  /** What the callback returns so that the sink calls it with the next item too. */
  readonly goOn: unknown;
  /** The name of a Sluice sink in errors when its callback is named `fails`. Default: the name is not checked. */
  readonly stageName?: string;
  /** Whether the sink takes the options `onError` and `retry`. Default false. */
  readonly policies?: boolean;
}

export interface JunctionSpec<I> {
  /** Makes the junction with these branches. Each branch must get items of the input. */
  readonly make: (...branches: Sink<never, unknown>[]) => SinkLike<I, unknown>;
  /** How many branches. Default 2. */
  readonly branches?: number;
  /** How many items the junction holds for each branch, at most. Default 64. */
  readonly buffer?: number;
  /** Whether the junction goes on when all its branches have ended early. Default false. */
  readonly goesOn?: boolean;
}

export interface SinkSubject<I> extends SinkSpec<I> {
  readonly kind: Kind;
  readonly make: () => SinkLike<I, unknown>;
}

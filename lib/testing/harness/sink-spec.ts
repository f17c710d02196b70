import type { Sink, SinkLike } from '../../index.js';
import type { CheckOptions } from './check.js';
import type { Kind } from './part.js';
import type { Callback, Policies } from './stage-spec.js';

/** What `sinkConformance` has to know of a sink. */
export interface SinkSpec<I> extends CheckOptions {
  /** Some items that it takes; three at least, all different. */
  readonly input: readonly I[];
  /** What comes of `input`, worked out without the sink. */
  readonly result: unknown;
  /** What comes of nothing. Default: `undefined`. */
  readonly empty?: unknown;
  /** What has come of it, of a sink that has no result: what it has written, say. Default: what the run resolves with. */
  readonly resultOf?: (sink: never) => unknown;
  /** It has its result after that many of these items, and takes no more. */
  readonly enough?: number;
  /** Items of which the last makes it fail. */
  readonly failing?: readonly I[];
  /** How much of what it uses is open right now, where that can be told. */
  readonly open?: () => number;
  readonly callback?: SinkCallbackSpec<I>;
  /** The same as a junction of one to many. */
  readonly junction?: JunctionSpec<I>;
}

export interface SinkCallbackSpec<I> {
  /** The sink with this callback, which gets `{ signal }` as its last argument. */
  readonly make: (fn: Callback, options?: Policies) => SinkLike<I, unknown>;
  /** What the callback answers so that it is called with the next item too. */
  readonly goOn: unknown;
  /** What errors call a sink of ours whose callback is called `fails`. Default: that is not looked at. */
  readonly stageName?: string;
  /** Whether it takes the options `onError` and `retry`. Default false. */
  readonly policies?: boolean;
}

export interface JunctionSpec<I> {
  /** The junction over these branches. Each gets items of the input. */
  readonly make: (...branches: Sink<never, unknown>[]) => SinkLike<I, unknown>;
  /** How many branches. Default 2. */
  readonly branches?: number;
  /** How many items it holds for each branch, at most. Default 64. */
  readonly buffer?: number;
  /** It goes on when all its branches have ended early: it may get others, or does something else too. Default false. */
  readonly goesOn?: boolean;
}

export interface SinkSubject<I> extends SinkSpec<I> {
  readonly kind: Kind;
  readonly make: () => SinkLike<I, unknown>;
}

import type { SourceLike } from '../../index.js';
import type { CheckOptions } from './check.js';

/** What a source is made over in a suite. */
export type Input = Iterable<number> | AsyncIterable<number>;

/** What `sourceConformance` has to know of a source. */
export interface SourceSpec<T> extends CheckOptions {
  /** Its first items, one at least; when it has inputs, those when each input counts from 0. */
  readonly expected: readonly T[];
  /** Whether these are all that it has. Default false. */
  readonly ends?: boolean;
  /** How often each of its inputs is asked for these items, and not once more. Default: it has none. */
  readonly asked?: readonly number[];
  /** The same when the inputs have to be waited for, if that makes a difference. */
  readonly askedLater?: readonly number[];
  /** It gives items in its own time, so that a check can't wait for a second one. Default false. */
  readonly timed?: boolean;
  /** The same with something wrong, so that it fails after some items or none. */
  readonly failing?: () => SourceLike<T>;
  /** How much of what it uses is open right now, where that can be told. */
  readonly open?: () => number;
}

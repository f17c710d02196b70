import type { SourceLike } from '../../index.js';
import type { CheckOptions } from './check.js';

/** An input that the suite gives to a source. */
export type Input = Iterable<number> | AsyncIterable<number>;

/** What `sourceConformance` must know about a source. */
export interface SourceSpec<T> extends CheckOptions {
  /** The source's first items, at least one. Each input, if there are any, counts from 0. */
  readonly expected: readonly T[];
  /** Whether `expected` has all items of the source. Default false. */
  readonly ends?: boolean;
  /** How many items the source reads from each input to emit `expected`, exactly. Default: it has no inputs. */
  readonly asked?: readonly number[];
  /** The same for asynchronous inputs. Default: as `asked`. */
  readonly askedLater?: readonly number[];
  /** Whether the source emits at times of its own, so that a check can't expect a second item soon. Default false. */
  readonly timed?: boolean;
  /** Makes a source that fails, after some items or none. */
  readonly failing?: () => SourceLike<T>;
  /** How many resources of the source are open now, if the test can tell. */
  readonly open?: () => number;
}

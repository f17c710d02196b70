import { UsedError } from '../core/base/errors.js';
import {
  type Observer,
  observeRunsBy,
  type Watch,
  type Watched,
} from '../core/protocol/observer.js';
import { isHeard } from './measure/channels.js';
import { RunObserver } from './measure/run-observer.js';
import type { RunStats } from './measure/run-stats.js';

observeRunsBy((run) => (isHeard() ? new RunObserver(run) : undefined));

/** The result of `stats()`. */
export interface Stats extends Watch {
  /** The statistics of the run so far; once the run is over, of the whole run. */
  read(): RunStats;
}

const NONE: RunStats = { elapsedMs: 0, ended: false, stages: [], bottleneck: undefined };

/**
 * Statistics of one run of `pipeline`, `push` or `pull`, for its option `stats`. For each stage: how many items came in
 * and went out, how long the stage was at work, waited for input, and waited until its output was taken, and how many
 * items it holds. For the run: the stage that the others wait for.
 *
 * Numbers of items are exact between two turns of the event loop; within a turn they may be a ms old. Times of waiting
 * are exact. Times at work are estimated from a few items that are timed in each ms: this costs a run a few per cent,
 * and nothing without `stats`. When a stage itself waits for something, such as the promise of its callback, a file or
 * a full socket, that time counts as work. So the stage that is busy most of the time is the one that the others wait
 * for, and a source never waits for input.
 *
 * @returns an object for one run; a second run that gets it fails with `UsedError` ERR_SLUICE_USED.
 * @example
 * const run = stats();
 * await pipeline(range(0, 10), filter((x) => x % 2 === 0), toArray(), { stats: run });
 * run.read().stages.map(({ stage }) => stage.name) // ['range', 'filter', 'toArray']
 * run.read().stages.map(({ itemsOut }) => itemsOut) // [10, 5, 0]
 */
export function stats(): Stats {
  return new RunWatch();
}

class RunWatch implements Stats {
  #observer: RunObserver | undefined;

  get used(): boolean {
    return this.#observer !== undefined;
  }

  /** @internal */
  watch(run: Watched): Observer {
    if (this.used) throw new UsedError('stats');
    this.#observer = new RunObserver(run);
    return this.#observer;
  }

  read(): RunStats {
    return this.#observer?.read() ?? NONE;
  }
}

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

/** What `stats` makes. */
export interface Stats extends Watch {
  /** What the run has done so far; all of it once the run is over. */
  read(): RunStats;
}

const NONE: RunStats = { elapsedMs: 0, ended: false, stages: [], bottleneck: undefined };

/**
 * Statistics of one run of `pipeline`, `push` or `pull`, which gets them as its option `stats`: for each stage how many
 * items have come in and gone out, how much time it was at work, waited for input, and waited for whoever takes its
 * output, and how many items it holds; and which stage the others wait for.
 *
 * Numbers of items are exact between two turns of the event loop; in the middle of one they may lie a ms behind. Times of
 * waiting are exact. Time at work is told from items that are timed, some each ms: it costs a run a few per cent, and
 * nothing without `stats`. What a stage waits for itself is its work: what its callback has promised, a file that is
 * read, a socket that is full. So the stage that is busy most of the time is the one that the others wait for, and a
 * source never waits for input.
 *
 * @returns refused with `UsedError` ERR_SLUICE_USED by a second run.
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

import { channel } from 'node:diagnostics_channel';
import type { RunStats } from './run-stats.js';

/** The message on `sluice:run:start`: a run has begun. */
export interface RunStart {
  /** The number of the run, which differs for each run of the process. */
  readonly run: number;
  /** The statistics of the run so far. */
  read(): RunStats;
}

/** The message on `sluice:run:end`: the run is over, and everything is closed. */
export interface RunEnd {
  readonly run: number;
  readonly stats: RunStats;
  /** The error with which the run failed or was aborted; undefined otherwise. */
  readonly error: unknown;
}

export const runStarts = channel('sluice:run:start');
export const runEnds = channel('sluice:run:end');

export const isHeard = (): boolean => runStarts.hasSubscribers || runEnds.hasSubscribers;

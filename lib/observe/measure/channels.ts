import { channel } from 'node:diagnostics_channel';
import type { RunStats } from './run-stats.js';

/** On `sluice:run:start`: a run has begun. */
export interface RunStart {
  /** Tells the runs of a process apart. */
  readonly run: number;
  /** What it has done so far, at any time. */
  read(): RunStats;
}

/** On `sluice:run:end`: it is over, and everything is closed. */
export interface RunEnd {
  readonly run: number;
  readonly stats: RunStats;
  /** What it has failed with, or been aborted with; undefined when it has not. */
  readonly error: unknown;
}

export const runStarts = channel('sluice:run:start');
export const runEnds = channel('sluice:run:end');

export const isHeard = (): boolean => runStarts.hasSubscribers || runEnds.hasSubscribers;

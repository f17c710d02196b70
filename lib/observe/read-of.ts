import type { RunStats } from './run-stats.js';

/** A run that is watched, or what has been read of one. */
export type Watched = RunStats | { read(): RunStats };

/** What it has done by now. */
export const readOf = (run: Watched): RunStats => ('read' in run ? run.read() : run);

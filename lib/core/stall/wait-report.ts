import type { StageRef } from '../base/errors.js';

/** What a stage waits for or holds, for the report of a stalled run. */
export interface WaitReport {
  /** The stage. Default: the one that gives the report. */
  readonly stage?: StageRef;
  /** What it waits for, in words that follow "waits for"; undefined if it only holds items. */
  readonly what?: string | undefined;
  readonly held?: number | undefined;
  /** What `held` counts. Default `items`. */
  readonly unit?: 'items' | 'bytes' | undefined;
  /** When the wait began, in ms. Default: when the stage's loop last began to wait for something. */
  readonly since?: number | undefined;
  /** True if it waits for code outside the run, such as a user who may send an item or not: that is no stall. */
  readonly outside?: boolean | undefined;
}

/** A part of a run that can report what it waits for. */
export interface Waiting {
  /**
   * Called when the event loop is empty. Returns nothing if it only waits for the stages before it, and holds no item.
   */
  waits?(): readonly WaitReport[];
}

export const NO_WAITS: readonly WaitReport[] = [];

/** The report of a stage that only holds items. */
export const holdsReport = (held: number): readonly WaitReport[] =>
  held > 0 ? [{ held }] : NO_WAITS;

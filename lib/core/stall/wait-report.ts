import type { StageRef } from '../base/errors.js';

/** What somebody waits for or holds, for a diagnosis. */
export interface WaitReport {
  /** Who; by default, whoever is asked. */
  readonly stage?: StageRef;
  /** In words that follow "waits for"; undefined when he only holds something. */
  readonly what?: string | undefined;
  readonly held?: number | undefined;
  /** Of what. Default `items`. */
  readonly unit?: 'items' | 'bytes' | undefined;
  /** When that began, in ms, where it is known better than when his loop last began to wait for something. */
  readonly since?: number | undefined;
  /** It is the turn of somebody outside, who may have no intention: an idle producer is no stall. */
  readonly outside?: boolean | undefined;
}

/** Whoever can say what he waits for. */
export interface Waiting {
  /** Asked when nothing happens any more; empty when he waits for those before him, and holds nothing. */
  waits?(): readonly WaitReport[];
}

export const NO_WAITS: readonly WaitReport[] = [];

/** What a stage says that only holds items. */
export const holdsReport = (held: number): readonly WaitReport[] =>
  held > 0 ? [{ held }] : NO_WAITS;

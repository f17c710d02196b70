import type { Policy } from './policy.js';

/** What a run gives. All peers of a case have to give the same. */
export type Answer = string | number | readonly number[];

/** Puts so many items through. This is what is timed. */
export type Run = (items: number) => Answer | Promise<Answer | void>;

/** A peer in JavaScript: loads what it needs, and nothing that it does not, then gives its run. */
export type Peer = () => Run | Promise<Run>;

/** What one process has found out. */
export interface Measurement {
  /** Milliseconds for all items, or MiB: of its first run, or of the process if that is the run. */
  readonly first: number;
  /** Milliseconds of a run when many have been before it. */
  readonly warm?: number;
  readonly answer?: Answer;
}

/** What is known of a process when it has ended. */
export interface Ended {
  /** Milliseconds from before it was started until it had ended. */
  readonly ms: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A peer that is a process of its own. */
export interface Program {
  argv(items: number, policy: Policy): readonly [string, ...string[]];
  /** Whether its stdout goes to the output file (see files.ts). */
  readonly writes?: boolean;
  measurement(ended: Ended): Measurement;
}

export interface Case {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  /** What is done, so that a reader can tell what the figures are of. */
  readonly what: string;
  readonly unit: 'ns per item' | 'ms' | 'MiB';
  readonly sizes: readonly number[];
  /** The one size of a quick run. */
  readonly quick: number;
  /** How many times as many runs as other cases: for what is short and noisy. */
  readonly times?: number;
  /** A peer that would need longer than this for one run, going by fewer items, is left out. Default 3000. */
  readonly mostMs?: number;
  /** Makes the files that runs of this size read. */
  prepare?(items: number): Promise<void>;
  /** Reads the answer from what a run has written, where it is not what the run gives. */
  answer?(): Promise<Answer>;
  /** The first is what the others are compared with. */
  readonly peers: Readonly<Record<string, Peer | Program>>;
  /** Why somebody one may look for is not among the peers. */
  readonly leftOut?: string;
}

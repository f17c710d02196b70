import type { Policy } from './policy.js';

/** The result of a run. It must be the same for all peers of a case. */
export type Answer = string | number | readonly number[];

/** Processes this many items. This call is timed. */
export type Run = (items: number) => Answer | Promise<Answer | void>;

/** A peer in JavaScript: loads only the packages it needs, then returns its run. */
export type Peer = () => Run | Promise<Run>;

/** The figures of one process. */
export interface Measurement {
  /** Of the first run, or of the process if the process is the run: milliseconds for all items, or MiB. */
  readonly first: number;
  /** Milliseconds of a run after many others. */
  readonly warm?: number;
  readonly answer?: Answer;
}

/** A process that has ended. */
export interface Ended {
  /** Milliseconds from its start to its end. */
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
  /** The name on the command line. */
  readonly name: string;
  readonly title: string;
  /** What a run does, for readers of the report. */
  readonly what: string;
  readonly unit: 'ns per item' | 'ms' | 'MiB';
  readonly sizes: readonly number[];
  /** The number of items in a quick run. */
  readonly quick: number;
  /** Multiplies the number of runs, for a case that is short and noisy. */
  readonly times?: number;
  /** A peer that would take longer than this for one run, estimated from fewer items, is left out. Default 3000. */
  readonly mostMs?: number;
  /** Makes the files that runs of this size read. */
  prepare?(items: number): Promise<void>;
  /** Reads the answer from the output file, if the run does not return it. */
  answer?(): Promise<Answer>;
  /** The others are compared with the first. */
  readonly peers: Readonly<Record<string, Peer | Program>>;
  /** Why an expected peer is missing. */
  readonly leftOut?: string;
}

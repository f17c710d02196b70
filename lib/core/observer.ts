import type { Origin } from './chain.js';
import type { DrainEnd } from './drain-end.js';
import type { StageRef } from './errors.js';
import type { Host } from './host.js';
import type { Pull } from './pull.js';
import type { Run } from './run.js';
import type { Segment } from './segment.js';
import type { Waiting } from './wait.js';

/** Where a loop can be, to its meter. As many items come out of a step as go in, but for two numbers. */
export interface Spot {
  readonly place: number;
  /** Of whoever takes its items. */
  readonly next: number;
  /** Items that went in, and nothing has come of them as yet. */
  gone: number;
  /** Items that came out besides. */
  made: number;
}

/** Tells where the time of one loop goes: it is always somewhere. */
export interface Meter {
  /** Its last place. */
  readonly spot: Spot;
  /** What is moved now is timed from place to place. */
  readonly sampling: boolean;
  /** Items are moved from now on. */
  begin(): void;
  /** And no longer: the drain takes none, or the time slice is over, or there is none. */
  rest(blocked: boolean, over: boolean): void;
  /** While sampling: who is at work from now on. */
  enter(place: number): void;
  /** There is nothing now at that place: the first one is what is waited for. */
  waits(place: number): void;
  /** The clock has been looked at: how many items until the next time, `batch` being usual. */
  looked(now: number, batch: number): number;
  end(): void;
}

/** What is being opened. */
export interface Opening {
  readonly ref: StageRef;
  readonly host: Host;
  readonly segment: Segment;
  readonly kind: Pick<Origin, 'fed' | 'feeder' | 'bytes'>;
}

/** Who watches a run, from the first stage that is opened. */
export interface Observer {
  /** A loop, or whoever else pulls, is about to open what it runs. */
  meter(): Meter;
  /** Opens the first pull of a segment. */
  head(open: () => Pull<unknown>, opening: Opening): () => Pull<unknown>;
  /** The stage behind the one that was opened last. */
  step(ref: StageRef, waiting: Waiting, host: Host): Spot;
  /** What comes out of a stage, or of a head. */
  output(pull: Pull<unknown>, spot: Spot, host: Host): Pull<unknown>;
  /** The chain is open, and `open` opens what takes its items. */
  drain<T>(last: DrainEnd<unknown>, host: Host, open: () => T): T;

  /** The chain is open, and somebody pulls from it himself. */
  reader(chain: Pull<unknown>, host: Host): Pull<unknown>;
  begin(): void;
  end(): void;
}

/** What is given to a run to be watched by. */
export interface Watch {
  /** It watches, or has watched, a run. */
  readonly used: boolean;
  watch(run: Run): Observer;
}

let notice: (run: Run) => Observer | undefined = () => undefined;

/** Says who watches a run that was given nobody to do so. */
export function observeRunsBy(by: (run: Run) => Observer | undefined): void {
  notice = by;
}

export const observerOf = (run: Run, watch: Watch | undefined): Observer | undefined =>
  watch ? watch.watch(run) : notice(run);

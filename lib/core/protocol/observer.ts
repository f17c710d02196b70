import type { StageRef } from '../base/errors.js';
import type { Waiting } from '../stall/wait-report.js';
import type { Pull } from './pull.js';

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

/** A loop, or another reader, whose time is measured. */
export interface Metered {
  readonly meter?: Meter | undefined;
}

/** What is being opened. */
export interface Opening {
  readonly ref: StageRef;
  readonly host: Metered;
  readonly segment: { readonly index: number; spot: Spot | undefined };
  readonly kind: {
    readonly fed?: boolean;
    readonly feeder?: Metered;
    readonly bytes?: boolean;
  };
}

/** The end of a loop. */
export interface LastStage {
  readonly ref: StageRef;
  readonly drain: Waiting & { readonly bytes?: boolean };
  /** Of the bytes and texts that have come in. */
  readonly bytes: number;
}

/** The run that is watched. */
export interface Watched {
  readonly context: { readonly failure: { readonly error: unknown } | undefined };
}

/** Who watches a run, from the first stage that is opened. */
export interface Observer {
  /** A loop, or whoever else pulls, is about to open what it runs. */
  meter(): Meter;
  /** Opens the first pull of a segment. */
  head(open: () => Pull<unknown>, opening: Opening): () => Pull<unknown>;
  /** The stage behind the one that was opened last. */
  step(ref: StageRef, waiting: Waiting, host: Metered): Spot;
  /** What comes out of a stage, or of a head. */
  output(pull: Pull<unknown>, spot: Spot, host: Metered): Pull<unknown>;
  /** The chain is open, and `open` opens what takes its items. */
  drain<T>(last: LastStage, host: Metered, open: () => T): T;

  /** The chain is open, and somebody pulls from it himself. */
  reader(chain: Pull<unknown>, host: Metered): Pull<unknown>;
  begin(): void;
  end(): void;
}

/** What is given to a run to be watched by. */
export interface Watch {
  /** It watches, or has watched, a run. */
  readonly used: boolean;
  watch(run: Watched): Observer;
}

let notice: (run: Watched) => Observer | undefined = () => undefined;

/** Says who watches a run that was given nobody to do so. */
export function observeRunsBy(by: (run: Watched) => Observer | undefined): void {
  notice = by;
}

export const observerOf = (run: Watched, watch: Watch | undefined): Observer | undefined =>
  watch ? watch.watch(run) : notice(run);

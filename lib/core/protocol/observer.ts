import type { StageRef } from '../base/errors.js';
import type { Waiting } from '../stall/wait-report.js';
import type { Pull } from './pull.js';

/**
 * A place where a loop can spend its time: its source, a step or its drain. The number of items that come out of a step
 * is the number that went in, minus `gone`, plus `made`.
 */
export interface Spot {
  readonly place: number;
  /** The place of the stage that takes its items. */
  readonly next: number;
  /** How many items went in without an item coming out: dropped, expanded, or still waiting for a promise. */
  gone: number;
  /** How many items came out that an item did not become one to one. */
  made: number;
}

/** Measures where the time of one loop goes. At every moment the loop is at exactly one place. */
export interface Meter {
  /** The place of the drain. */
  readonly spot: Spot;
  /** True while the items are timed from place to place. */
  readonly sampling: boolean;
  /** The loop begins to move items. */
  begin(): void;
  /** The loop stops: its drain takes no item (`blocked`), its time slice is over (`over`), or no item is there. */
  rest(blocked: boolean, over: boolean): void;
  /** While sampling: the stage at `place` runs from now on. */
  enter(place: number): void;
  /** The pull at `place` answered `WAIT`. The first such place after `begin` is what the loop waits for. */
  waits(place: number): void;
  /**
   * The loop has read the clock. Returns how many items it may move before it reads the clock again; `batch` is usual.
   */
  looked(now: number, batch: number): number;
  end(): void;
}

/** A host whose time may be measured. */
export interface Metered {
  readonly meter?: Meter | undefined;
}

/** The pull that is being opened at the head of a segment. */
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

/** The last stage of a loop. */
export interface LastStage {
  readonly ref: StageRef;
  readonly drain: Waiting & { readonly bytes?: boolean };
  /** How many bytes have come in. */
  readonly bytes: number;
}

/** The run that is observed. */
export interface Watched {
  readonly context: { readonly failure: { readonly error: unknown } | undefined };
}

/** Observes one run, from the first stage that is opened. */
export interface Observer {
  /** A host is about to open its chain. Returns the meter of that host. */
  meter(): Meter;
  /** Wraps the function that opens the first pull of a segment. */
  head(open: () => Pull<unknown>, opening: Opening): () => Pull<unknown>;
  /** A step was opened, after the stage that was opened last. Returns its place. */
  step(ref: StageRef, waiting: Waiting, host: Metered): Spot;
  /** Wraps a pull, to count what it returns. */
  output(pull: Pull<unknown>, spot: Spot, host: Metered): Pull<unknown>;
  /** The chain is open; `open` opens its drain. */
  drain<T>(last: LastStage, host: Metered, open: () => T): T;

  /** The chain is open, and a reader without a loop pulls from it. Returns the pull for that reader. */
  reader(chain: Pull<unknown>, host: Metered): Pull<unknown>;
  begin(): void;
  end(): void;
}

/** What the `stats` option takes: it observes one run. */
export interface Watch {
  /** True once it has been given to a run. */
  readonly used: boolean;
  watch(run: Watched): Observer;
}

let notice: (run: Watched) => Observer | undefined = () => undefined;

/** Sets the function that finds an observer for runs without the `stats` option. */
export function observeRunsBy(by: (run: Watched) => Observer | undefined): void {
  notice = by;
}

export const observerOf = (run: Watched, watch: Watch | undefined): Observer | undefined =>
  watch ? watch.watch(run) : notice(run);

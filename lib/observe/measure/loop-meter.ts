import type { Meter, Spot } from '../../core/protocol/observer.js';
import { nowMs } from '../../core/time/clock.js';
import { addTo, Work } from './work.js';

/**
 * Places where the time of a loop can go: before all its stages, behind all of them, and between two turns of the event
 * loop. The places of stages are numbered from `FIRST_PLACE`.
 */
export const BEFORE = 0;
export const BEHIND = 1;
const TURN = 2;
export const FIRST_PLACE = 3;

const NOWHERE = -1;

/** How many branches of a junction the statistics report: the first ones. */
const MOST_BRANCHES = 64;

/** The loop that is at work now: of all loops of a run, only one is at a time. */
export interface AtWork {
  meter: LoopMeter | undefined;
  /** How many places the run has so far. */
  places: number;
}

/** The times of a loop in ms, by place. `turnMs`: the time between turns of the event loop. */
export interface Times {
  readonly ran: readonly number[];
  readonly waited: readonly number[];
  readonly turnMs: number;
  readonly elapsedMs: number;
}

/** The part of a row of the statistics that a meter uses. */
export interface MeteredRow extends Spot {
  bytesIn: (() => number) | undefined;
  from: MeteredRow | undefined;
  readonly doors: Set<MeteredRow>;
  itemsOfEndedBranches: number;
  readonly itemsOut: number;
}

/** Measures where the time of one loop goes. At any moment the loop is at work, or waits at one place. */
export class LoopMeter implements Meter {
  spot: Spot = { place: BEHIND, next: BEHIND, gone: 0, made: 0 };
  /** The position among the loops of the run, in the order in which items pass them. */
  order = 0;
  /** Whether the statistics report the loop. */
  reported = true;
  /** Whether the loop feeds a stage of another loop. */
  inner = false;
  /** The place where the loop waits if no stage has reported a wait: where its items come from. */
  restPlace = BEHIND;
  ended: number | undefined;
  /** The loops that feed stages of this loop, by the place of the stage. */
  readonly fed = new Map<number, LoopMeter>();
  readonly #begun = nowMs();
  readonly #atWork: AtWork;
  readonly #work: Work;
  readonly #waited: number[] = [];
  /** The place where the loop waits when its drain takes no item. */
  #output = BEHIND;
  #row: MeteredRow | undefined;
  /** The row through which another loop feeds this one, if this one is a branch. */
  #door: MeteredRow | undefined;
  #feeds: LoopMeter | undefined;
  /** The loop that was at work when this one began. It continues when this one rests. */
  #outer: LoopMeter | undefined;
  #paused = false;
  #at = BEFORE;
  /** When the loop came to the place `#at`. */
  #since = this.#begun;
  /** The place where the loop itself waits. `#at` differs from it when a loop that feeds this one is the cause. */
  #ownPlace = BEFORE;
  #waiter = NOWHERE;

  constructor(atWork: AtWork) {
    this.#atWork = atWork;
    this.#work = new Work(() => atWork.places);
  }

  get sampling(): boolean {
    return this.#work.sampling;
  }

  /** Sets the row of the drain. */
  setDrain(row: MeteredRow): void {
    this.#row = row;
    this.spot = row;
    if (!this.inner) this.#output = row.place;
  }

  get drained(): boolean {
    return this.#row !== undefined;
  }

  /** The drain of this loop belongs to a stage of `other`, and feeds that stage. */
  feed(other: LoopMeter, row: MeteredRow): void {
    this.#feeds = other;
    other.fed.set(row.place, this);
    row.bytesIn = this.#row?.bytesIn;
  }

  /**
   * The drain of this loop feeds the loop of `meter` through `door`. So when the drain waits, it waits for that loop.
   */
  branch(door: MeteredRow, meter: LoopMeter): void {
    this.#output = BEHIND;
    const from = this.#row;
    if (!from) return;
    meter.reported = this.reported && from.doors.size < MOST_BRANCHES;
    meter.#door = door;
    from.doors.add(door);
    door.from = from;
  }

  /** Drops the row of a branch that is not reported: a run may have one branch after another, without limit. */
  #forget(): void {
    const from = this.#door?.from;
    if (this.reported || !from || !this.#door) return;
    from.doors.delete(this.#door);
    from.itemsOfEndedBranches += this.#door.itemsOut;
  }

  begin(): void {
    this.#waiter = NOWHERE;
    if (this.#work.running) return;
    const now = nowMs();
    this.#leave(now);
    this.#outer = this.#atWork.meter;
    this.#outer?.pause(now, this);
    this.#atWork.meter = this;
    this.#work.start(now, this.spot.place);
  }

  rest(blocked: boolean, over: boolean): void {
    const now = nowMs();
    const ran = this.#work.running;
    this.#leave(now);
    this.#ownPlace = this.#placeOfRest(blocked, over);
    this.#at = this.#causeOf(this.#ownPlace);
    if (ran) {
      this.#atWork.meter = this.#outer;
      this.#outer?.resume(now);
      this.#outer = undefined;
    }
    this.#feeds?.reconsider(now);
  }

  #placeOfRest(blocked: boolean, over: boolean): number {
    if (blocked) return this.#output;
    if (over) return TURN;
    return this.#waiter === NOWHERE ? this.restPlace : this.#waiter;
  }

  /**
   * A fed stage is waited for only if the loop that feeds it is stuck. Otherwise the stage lacks items, and the wait
   * counts before all stages.
   */
  #causeOf(place: number): number {
    const by = this.fed.get(place);
    return by && !by.stuck ? BEFORE : place;
  }

  /** The loop has ended, or waits for its drain. The stage that it feeds has all the items that it takes. */
  get stuck(): boolean {
    return this.ended !== undefined || (!this.#work.running && this.#at === this.#output);
  }

  /** The state of a loop that feeds this one has changed, so the place of the wait may change. */
  reconsider(now: number): void {
    if (this.#work.running || this.#paused) return;
    this.#leave(now);
    this.#at = this.#causeOf(this.#ownPlace);
  }

  /** Another loop is at work during a call of this one. */
  pause(now: number, inner: LoopMeter): void {
    this.#leave(now);
    this.#at = inner.order < this.order ? BEFORE : BEHIND;
    this.#paused = true;
  }

  resume(now: number): void {
    this.#leave(now);
    this.#paused = false;
    this.#work.start(now, this.spot.place);
  }

  #leave(now: number): void {
    if (this.ended !== undefined) return;
    if (this.#work.running) this.#work.stop(now);
    else addTo(this.#waited, this.#at, now - this.#since);
    this.#since = now;
  }

  enter(place: number): void {
    this.#work.enter(place);
  }

  waits(place: number): void {
    if (this.#waiter === NOWHERE) this.#waiter = place;
  }

  /** Called before a stage pulls several inputs. A wait of an input counts only if the stage itself waits. */
  beginInputs(): number {
    const before = this.#waiter;
    this.#waiter = NOWHERE;
    return before;
  }

  endInputs(before: number, waits: boolean, place: number): void {
    if (waits) this.waits(place);
    if (before !== NOWHERE || !waits) this.#waiter = before;
  }

  looked(now: number, batch: number): number {
    return this.#work.looked(now, batch, this.restPlace);
  }

  end(): void {
    const now = nowMs();
    this.#leave(now);
    this.ended = now;
    this.#forget();
    this.#feeds?.reconsider(now);
  }

  times(now: number): Times {
    const { ended } = this;
    const waited = this.#waited.slice();
    if (ended === undefined && !this.#work.running) addTo(waited, this.#at, now - this.#since);
    const turnMs = waited[TURN] ?? 0;
    return { ran: this.#work.times(now), waited, turnMs, elapsedMs: (ended ?? now) - this.#begun };
  }
}

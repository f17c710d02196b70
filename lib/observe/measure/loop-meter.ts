import type { Meter, Spot } from '../../core/protocol/observer.js';
import { nowMs } from '../../core/time/clock.js';
import { addTo, Work } from './work.js';

/** Before all stages of a loop, behind all of them, and between two turns of the event loop. */
export const BEFORE = 0;
export const BEHIND = 1;
const TURN = 2;
export const FIRST_PLACE = 3;

const NOWHERE = -1;

/** How many branches of a junction are told of, each by itself: those that come first. */
const MOST_BRANCHES = 64;

/** Of the loops of a run, one at a time is at work. */
export interface AtWork {
  meter: LoopMeter | undefined;
  /** How many places there are in all. */
  places: number;
}

/** By place, in ms. What passed between turns is not among what was waited. */
export interface Times {
  readonly ran: readonly number[];
  readonly waited: readonly number[];
  readonly turnMs: number;
  readonly elapsedMs: number;
}

/** A row of the statistics, as far as a meter counts there. */
export interface MeteredRow extends Spot {
  bytesIn: (() => number) | undefined;
  from: MeteredRow | undefined;
  readonly doors: Set<MeteredRow>;
  past: number;
  readonly itemsOut: number;
}

/** Where the time of one loop goes. It is always somewhere: at work, or where it waits. */
export class LoopMeter implements Meter {
  spot: Spot = { place: BEHIND, next: BEHIND, gone: 0, made: 0 };
  /** Its place among the loops of the run, in the order in which items pass them. */
  order = 0;
  /** It is one of those that statistics tell of. */
  told = true;
  /** It fills one stage of another loop. */
  inner = false;
  /** Where it waits when nothing says so: where its items come from. */
  rests = BEHIND;
  ended: number | undefined;
  /** The loops that feed places of this one. */
  readonly fed = new Map<number, LoopMeter>();
  readonly #begun = nowMs();
  readonly #atWork: AtWork;
  readonly #work: Work;
  readonly #waited: number[] = [];
  /** Where it waits when its drain takes nothing. */
  #output = BEHIND;
  #row: MeteredRow | undefined;
  /** Where it is fed, if it is a branch. */
  #door: MeteredRow | undefined;
  #feeds: LoopMeter | undefined;
  /** Who was at work when it began, and goes on when it rests. */
  #outer: LoopMeter | undefined;
  #paused = false;
  #at = BEFORE;
  /** Since when. */
  #mark = this.#begun;
  /** What it waits for, whoever is to blame for that. */
  #wanted = BEFORE;
  #waiter = NOWHERE;

  constructor(atWork: AtWork) {
    this.#atWork = atWork;
    this.#work = new Work(() => atWork.places);
  }

  get sampling(): boolean {
    return this.#work.sampling;
  }

  /** Its drain. */
  ends(row: MeteredRow): void {
    this.#row = row;
    this.spot = row;
    if (!this.inner) this.#output = row.place;
  }

  get drained(): boolean {
    return this.#row !== undefined;
  }

  /** A stage of another loop gets what this loop's drain takes, which is a part of that stage. */
  feed(other: LoopMeter, row: MeteredRow): void {
    this.#feeds = other;
    other.fed.set(row.place, this);
    row.bytesIn = this.#row?.bytesIn;
  }

  /** A loop of its own gets what the drain takes, at that door: its drain waits for that, if for anything. */
  branch(door: MeteredRow, meter: LoopMeter): void {
    this.#output = BEHIND;
    const from = this.#row;
    if (!from) return;
    meter.told = this.told && from.doors.size < MOST_BRANCHES;
    meter.#door = door;
    from.doors.add(door);
    door.from = from;
  }

  /** There may be as many branches one after another as there are keys. */
  #forget(): void {
    const from = this.#door?.from;
    if (this.told || !from || !this.#door) return;
    from.doors.delete(this.#door);
    from.past += this.#door.itemsOut;
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
    this.#wanted = this.#restsAt(blocked, over);
    this.#at = this.#forFed(this.#wanted);
    if (ran) {
      this.#atWork.meter = this.#outer;
      this.#outer?.resume(now);
      this.#outer = undefined;
    }
    this.#feeds?.reconsider(now);
  }

  #restsAt(blocked: boolean, over: boolean): number {
    if (blocked) return this.#output;
    if (over) return TURN;
    return this.#waiter === NOWHERE ? this.rests : this.#waiter;
  }

  /** A stage that has nothing to work on is not what is waited for. */
  #forFed(place: number): number {
    const by = this.fed.get(place);
    return by && !by.stuck ? BEFORE : place;
  }

  /** Whoever is behind has got all that he takes. */
  get stuck(): boolean {
    return this.ended !== undefined || (!this.#work.running && this.#at === this.#output);
  }

  /** A loop that feeds this one fares otherwise now. */
  reconsider(now: number): void {
    if (this.#work.running || this.#paused) return;
    this.#leave(now);
    this.#at = this.#forFed(this.#wanted);
  }

  /** Another loop is at work, within what this one does. */
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
    else addTo(this.#waited, this.#at, now - this.#mark);
    this.#mark = now;
  }

  enter(place: number): void {
    this.#work.enter(place);
  }

  waits(place: number): void {
    if (this.#waiter === NOWHERE) this.#waiter = place;
  }

  /** Before a stage asks several others: that one of them waits counts only where the stage waits for that. */
  apart(): number {
    const before = this.#waiter;
    this.#waiter = NOWHERE;
    return before;
  }

  together(before: number, waits: boolean, place: number): void {
    if (waits) this.waits(place);
    if (before !== NOWHERE || !waits) this.#waiter = before;
  }

  looked(now: number, batch: number): number {
    return this.#work.looked(now, batch, this.rests);
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
    if (ended === undefined && !this.#work.running) addTo(waited, this.#at, now - this.#mark);
    const turnMs = waited[TURN] ?? 0;
    return { ran: this.#work.times(now), waited, turnMs, elapsedMs: (ended ?? now) - this.#begun };
  }
}

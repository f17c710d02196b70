import type { StageRef } from '../../core/base/errors.js';
import type { Spot } from '../../core/protocol/observer.js';
import type { Waiting } from '../../core/stall/wait-report.js';
import type { LoopMeter } from './loop-meter.js';

/** What is known of a stage when it is opened. */
export interface About {
  readonly ref: StageRef;
  /** A `door` is where a junction feeds a loop. It is not a stage. */
  readonly kind: 'source' | 'stage' | 'sink' | 'door';
  readonly inputs: readonly Row[];
  readonly meter: LoopMeter;
  /** Reports what the stage holds. */
  readonly waiting: Waiting;
  /**
   * How many items the stage has emitted. Without this function, the items that came in, corrected by `gone` and
   * `made`.
   */
  readonly given?: (() => number) | undefined;
}

/** One stage of a run, and the counts of its items. */
export class Row implements Spot {
  gone = 0;
  made = 0;
  bytesIn: (() => number) | undefined;
  bytesOut: (() => number) | undefined;
  /** Of a door: the row that feeds it. */
  from: Row | undefined;
  next: number;
  #taker: Row | undefined;
  /** The doors through which this row feeds loops. */
  readonly doors = new Set<Row>();
  /** How many items went to ended branches whose doors are dropped. */
  itemsOfEndedBranches = 0;
  readonly place: number;
  readonly about: About;

  constructor(place: number, about: About) {
    this.place = place;
    this.about = about;
    this.next = about.meter.spot.place;
  }

  get itemsIn(): number {
    return sum(this.about.inputs, ({ itemsOut }) => itemsOut);
  }

  get itemsOut(): number {
    const { given } = this.about;
    if (given) return given();
    if (this.feeds) return this.itemsOfEndedBranches + sum(this.doors, ({ itemsOut }) => itemsOut);
    return this.about.kind === 'sink' ? 0 : this.itemsIn - this.gone + this.made;
  }

  /** `row` takes the items of this one. */
  takenBy(row: Row): void {
    this.next = row.place;
    this.#taker = row;
  }

  /** Counts an item that `pull` has returned. */
  hand(): void {
    this.made += 1;
    if (this.#taker) this.#taker.gone += 1;
  }

  /** Whether other loops take its items. */
  get feeds(): boolean {
    return this.doors.size > 0 || this.itemsOfEndedBranches > 0;
  }

  /** The items that the stage holds, and those that wait in a door in front of it. */
  get held(): number {
    const { inputs, waiting } = this.about;
    const waits = waiting.waits?.() ?? [];
    const own = sum(waits, ({ held, unit }) => (unit === 'bytes' ? 0 : (held ?? 0)));
    return own + sum(inputs, (input) => (input.about.kind === 'door' ? input.held : 0));
  }

  /** The rows whose items this row takes; for a door, the row that feeds it. */
  get inputs(): readonly Row[] {
    return this.about.inputs.map((input) => input.from ?? input);
  }
}

function sum<T>(all: Iterable<T>, of: (one: T) => number): number {
  let total = 0;
  for (const one of all) total += of(one);
  return total;
}

import type { StageRef } from '../../core/base/errors.js';
import type { Spot } from '../../core/protocol/observer.js';
import type { Waiting } from '../../core/stall/wait-report.js';
import type { LoopMeter } from './loop-meter.js';

/** What is known of a stage when it is opened. */
export interface About {
  readonly ref: StageRef;
  /** A `door` is where a loop is fed, which is no stage. */
  readonly kind: 'source' | 'stage' | 'sink' | 'door';
  readonly inputs: readonly Row[];
  readonly meter: LoopMeter;
  /** Asked for what it holds. */
  readonly waiting: Waiting;
  /** How many items have come out of it. Without this, as many as went in, but for those counted. */
  readonly given?: (() => number) | undefined;
}

/** One stage of a run, and what has become of its items. */
export class Row implements Spot {
  gone = 0;
  made = 0;
  bytesIn: (() => number) | undefined;
  bytesOut: (() => number) | undefined;
  /** Of a door: whose items come in there. */
  from: Row | undefined;
  next: number;
  #taker: Row | undefined;
  /** Where loops are fed from here. */
  readonly doors = new Set<Row>();
  /** What went to those that are told of no more. */
  past = 0;
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
    if (this.feeds) return this.past + sum(this.doors, ({ itemsOut }) => itemsOut);
    return this.about.kind === 'sink' ? 0 : this.itemsIn - this.gone + this.made;
  }

  /** `row` takes what comes out of this one. */
  takenBy(row: Row): void {
    this.next = row.place;
    this.#taker = row;
  }

  /** An item goes on by a plain pull. */
  hand(): void {
    this.made += 1;
    if (this.#taker) this.#taker.gone += 1;
  }

  /** Others take its items in loops of their own. */
  get feeds(): boolean {
    return this.doors.size > 0 || this.past > 0;
  }

  /** With what waits in front of it. */
  get held(): number {
    const { inputs, waiting } = this.about;
    const waits = waiting.waits?.() ?? [];
    const own = sum(waits, ({ held, unit }) => (unit === 'bytes' ? 0 : (held ?? 0)));
    return own + sum(inputs, (input) => (input.about.kind === 'door' ? input.held : 0));
  }

  /** Of the stages whose items it takes, past what is none. */
  get inputs(): readonly Row[] {
    return this.about.inputs.map((input) => input.from ?? input);
  }
}

function sum<T>(all: Iterable<T>, of: (one: T) => number): number {
  let total = 0;
  for (const one of all) total += of(one);
  return total;
}

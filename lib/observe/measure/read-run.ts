import { nowMs } from '../../core/time/clock.js';
import { BEFORE, BEHIND, type LoopMeter, type Times } from './loop-meter.js';
import type { Row } from './row.js';
import type { RunStats, StageStats } from './run-stats.js';
import { total } from './work.js';

interface Watched {
  readonly rows: readonly Row[];
  readonly meters: readonly LoopMeter[];
  readonly begun: number;
  readonly ended: number | undefined;
}

/** The statistics of a run so far. */
export function readRun({ rows, meters, begun, ended }: Watched): RunStats {
  const now = ended ?? nowMs();
  const clock = new Clock(meters, now);
  return {
    elapsedMs: now - begun,
    ended: ended !== undefined,
    stages: rows.map((row, id) => stageOf(row, id, rows, clock)),
    bottleneck: bottleneckOf(rows, meters, clock),
  };
}

function stageOf(row: Row, id: number, rows: readonly Row[], clock: Clock): StageStats {
  const { about, itemsIn, itemsOut, held, bytesIn, bytesOut } = row;
  const { ref, kind, meter } = about;
  return {
    id,
    stage: ref,
    kind: row.feeds || kind === 'door' ? 'stage' : kind,
    inputs: row.inputs.map((input) => rows.indexOf(input)),
    segment: meter.order - 1,
    itemsIn,
    itemsOut,
    bytesIn: bytesIn?.(),
    bytesOut: bytesOut?.(),
    ...clock.spentBy(row),
    held,
  };
}

/** The stage with the most time at work. Undefined if the caller that pulls the items needs more. */
function bottleneckOf(
  rows: readonly Row[],
  meters: readonly LoopMeter[],
  clock: Clock,
): number | undefined {
  let longest = Math.max(
    0,
    ...meters.map((meter) => (meter.drained ? 0 : clock.own(meter, BEHIND))),
  );
  let found: number | undefined;
  for (const [id, row] of rows.entries()) {
    const own = clock.workOf(row);
    if (own > longest) {
      longest = own;
      found = id;
    }
  }
  return found;
}

/** Computes how a stage has spent its time from the times of its loop. */
class Clock {
  readonly #times: ReadonlyMap<LoopMeter, Times>;

  constructor(meters: readonly LoopMeter[], now: number) {
    this.#times = new Map(meters.map((meter) => [meter, meter.times(now)]));
  }

  #of(meter: LoopMeter): Times {
    return this.#times.get(meter) ?? NO_TIMES;
  }

  /** The time of a loop at a place, in ms. */
  own(meter: LoopMeter, place: number): number {
    const { ran, waited } = this.#of(meter);
    return (ran[place] ?? 0) + (waited[place] ?? 0);
  }

  /** The work that the loop which feeds a stage does for it. It counts as work of the stage. */
  #workOfFeeder({ place, about: { meter } }: Row): number {
    const by = meter.fed.get(place);
    if (!by) return 0;
    return Math.min(this.#of(by).ran[by.spot.place] ?? 0, this.own(meter, BEFORE));
  }

  workOf(row: Row): number {
    return this.#spent(row.about.meter, row.place) + this.#workOfFeeder(row);
  }

  /**
   * The time at a place, with its share of the time between turns of the event loop, which is divided in proportion to
   * work.
   */
  #spent(meter: LoopMeter, place: number): number {
    const { ran, turnMs } = this.#of(meter);
    const all = total(ran);
    return this.own(meter, place) + (all > 0 ? (turnMs * (ran[place] ?? 0)) / all : 0);
  }

  spentBy(row: Row): Pick<StageStats, 'busyMs' | 'starvedMs' | 'blockedMs'> {
    const { meter } = row.about;
    const busyMs = this.workOf(row);
    let starvedMs = -this.#workOfFeeder(row);
    for (const place of placesBefore(row)) starvedMs += this.#spent(meter, place);
    const { elapsedMs } = this.#of(meter);
    return { busyMs, starvedMs, blockedMs: Math.max(0, elapsedMs - busyMs - starvedMs) };
  }
}

const NO_TIMES: Times = { ran: [], waited: [], turnMs: 0, elapsedMs: 0 };

/** The places of its loop that its items come from. */
function placesBefore(row: Row): ReadonlySet<number> {
  const places = new Set([BEFORE]);
  const walk = ({ about }: Row): void => {
    for (const input of about.inputs) {
      if (input.about.meter !== row.about.meter || places.has(input.place)) continue;
      places.add(input.place);
      walk(input);
    }
  };
  walk(row);
  return places;
}

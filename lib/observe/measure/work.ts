import { nowMs } from '../../core/time/clock.js';

/**
 * How many items a sample times, and how many samples at most are taken before the time since then is divided by them:
 * one at first.
 */
const SAMPLE = 16;
const MOST_SAMPLES = 128;
/** How many visits at the beginning of a sample are not counted: the caches of the processor are still cold. */
const COLD_VISITS = 16;
/** The longest time that reading the clock may take, in ms. */
const LONGEST_CLOCK_READ = 0.001;
/** How much longer than its processor time a sample may always take, in ms. */
const TOLERANCE = 0.1;
/** The pause between two samples, in ms: it grows by this factor from the shortest to the longest. */
const SHORTEST_PAUSE = 1;
const LONGEST_PAUSE = 10;
const LONGER = 1.1;

/**
 * Divides the time at work of a loop among places. A few items are timed from place to place, and stand for all items.
 */
export class Work {
  sampling = true;
  running = false;
  #at = 0;
  /** The time up to which work has been added to `#unknown`. */
  #addedUntil = 0;
  /** Time at work that is divided, in ms by place; `#unknown` is not divided yet. */
  readonly #known: number[] = [];
  #unknown = 0;
  readonly #sampled = new Visits();
  /** The sample that is being taken. */
  readonly #sample = new Visits();
  /** The processor time when the sample began, in ms; undefined if it does not matter. */
  #cpuMs: number | undefined;
  #begun = 0;
  /** How long reading the clock takes, in ms: the shortest visit is hardly longer. */
  #clockReadMs = LONGEST_CLOCK_READ;
  #samples = 0;
  #enough = 1;
  readonly #places: () => number;
  #cold = 0;
  /** When the current place was entered. */
  #entered = 0;
  #sampledAt = 0;
  #pause = SHORTEST_PAUSE;

  /** `places`: returns how many places there are so far. */
  constructor(places: () => number) {
    this.#places = places;
  }

  start(now: number, place: number): void {
    this.running = true;
    if (this.sampling) this.#sample.fit(this.#places());
    this.#at = place;
    this.#addedUntil = now;
    this.#entered = now;
  }

  stop(now: number): void {
    if (this.sampling) this.#enter(this.#at, now);
    this.#add(now);
    this.running = false;
  }

  enter(place: number): void {
    if (this.running) this.#enter(place, nowMs());
  }

  #enter(place: number, now: number): void {
    const ms = now - this.#entered;
    const sample = this.#sample;
    if (this.#cold > 0) this.#cold -= 1;
    else {
      sample.ms[this.#at] = (sample.ms[this.#at] as number) + ms;
      sample.times[this.#at] = (sample.times[this.#at] as number) + 1;
      if (ms < this.#clockReadMs) this.#clockReadMs = ms;
    }
    this.#at = place;
    this.#entered = now;
  }

  #add(now: number): void {
    this.#unknown += now - this.#addedUntil;
    this.#addedUntil = now;
  }

  /**
   * Begins or ends a sample, and returns how many items may pass until the next call. That number varies at random:
   * with a fixed number, work that every nth item causes would be in each sample or in none. `source`: the place where
   * the next item comes from.
   */
  looked(now: number, batch: number, source: number): number {
    if (this.sampling) {
      this.#stopSampling(now);
      return Math.ceil(batch * Math.random());
    }
    if (now - this.#sampledAt < this.#pause) return batch;
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * LONGER);
    this.sampling = true;
    this.#at = source;
    this.#entered = now;
    this.#begun = now;
    this.#sample.fit(this.#places());
    const fast = batch > SAMPLE;
    this.#cold = fast ? COLD_VISITS : 0;
    this.#cpuMs = fast ? cpuMs() : undefined;
    return Math.min(SAMPLE, batch);
  }

  #stopSampling(now: number): void {
    if (this.running) this.#enter(this.#at, now);
    this.sampling = false;
    this.#sampledAt = now;
    if (this.#isUndisturbed(now - this.#begun)) this.#sampled.addAll(this.#sample);
    this.#sample.clear();
    this.#samples += 1;
    if (this.#samples < this.#enough || !this.running) return;
    this.#enough = Math.min(MOST_SAMPLES, this.#enough * 2);
    this.#add(now);
    addAll(this.#known, this.#shares(this.#unknown));
    this.#unknown = 0;
    this.#samples = 0;
    this.#sampled.clear();
  }

  /**
   * Whether the processor was busy with this process. A sample during which it did other work is dropped, unless a
   * stage may have waited.
   */
  #isUndisturbed(ms: number): boolean {
    return this.#cpuMs === undefined || ms < 2 * (cpuMs() - this.#cpuMs) + TOLERANCE;
  }

  #shares(ms: number): readonly number[] {
    const seen = [this.#seen, this.#known].find((times) => total(times) > 0);
    if (seen) return seen.map((one) => (one * ms) / total(seen));
    return addTo([], this.#at, ms);
  }

  get #seen(): readonly number[] {
    const all = new Visits();
    all.addAll(this.#sampled);
    all.addAll(this.#sample);
    return all.ms.map((ms, place) => Math.max(0, ms - (all.times[place] ?? 0) * this.#clockReadMs));
  }

  /** By place, in ms. */
  times(now: number): readonly number[] {
    const unknown = this.#unknown + (this.running ? now - this.#addedUntil : 0);
    return addAll([...this.#known], this.#shares(unknown));
  }
}

/** The time and the number of visits of each place. */
class Visits {
  readonly ms: number[] = [];
  readonly times: number[] = [];

  /** Makes room for all places at once, so that a visit needs no check: visits must cost little. */
  fit(places: number): void {
    while (this.ms.length < places) {
      this.ms.push(0);
      this.times.push(0);
    }
  }

  addAll({ ms, times }: Visits): void {
    addAll(this.ms, ms);
    addAll(this.times, times);
  }

  clear(): void {
    this.ms.fill(0);
    this.times.fill(0);
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function addTo(times: number[], place: number, ms: number): number[] {
  while (times.length <= place) times.push(0);
  times[place] = (times[place] ?? 0) + ms;
  return times;
}

function addAll(times: number[], more: readonly number[]): number[] {
  for (const [place, ms] of more.entries()) addTo(times, place, ms);
  return times;
}

export function total(times: readonly number[]): number {
  let sum = 0;
  for (const ms of times) sum += ms;
  return sum;
}

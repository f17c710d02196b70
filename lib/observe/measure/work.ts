import { nowMs } from '../../core/time/clock.js';

/** How many items are timed at once, and how many such samples say what the time since then was spent on: first one. */
const SAMPLE = 16;
const MOST_SAMPLES = 128;
/** What comes first finds nothing of it in the caches of the processor. */
const COLD_VISITS = 16;
/** A look at the clock takes no longer than that, in ms. */
const LONGEST_LOOK = 0.001;
/** What is shorter is no sign of anything, in ms. */
const SHORT = 0.1;
/** Between two samples, in ms: in the beginning less than later. */
const SHORTEST_PAUSE = 1;
const LONGEST_PAUSE = 10;
const LONGER = 1.1;

/** How the time is spent that a loop is at work: what some items take, from place to place, says it of all. */
export class Work {
  sampling = true;
  running = false;
  #at = 0;
  /** Up to when it is known how long it was at work. */
  #mark = 0;
  /** In ms, by place. */
  readonly #known: number[] = [];
  #unknown = 0;
  readonly #sampled = new Visits();
  /** The sample that is being taken. */
  readonly #sample = new Visits();
  /** What the processor had done by its beginning, in ms; undefined where that does not matter. */
  #cpuMs: number | undefined;
  #begun = 0;
  /** What a look at the clock takes: the shortest visit is hardly more. */
  #lookMs = LONGEST_LOOK;
  #samples = 0;
  #enough = 1;
  readonly #places: () => number;
  #cold = 0;
  /** Since when it is at the place where it is. */
  #entered = 0;
  #sampledAt = 0;
  #pause = SHORTEST_PAUSE;

  /** `places` answers how many there are by now. */
  constructor(places: () => number) {
    this.#places = places;
  }

  start(now: number, place: number): void {
    this.running = true;
    if (this.sampling) this.#sample.fit(this.#places());
    this.#at = place;
    this.#mark = now;
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
      if (ms < this.#lookMs) this.#lookMs = ms;
    }
    this.#at = place;
    this.#entered = now;
  }

  #add(now: number): void {
    this.#unknown += now - this.#mark;
    this.#mark = now;
  }

  /**
   * Says how many items may pass until the next time. Not always equally many: what comes of every so many items would
   * be seen each time, or never. It is the `source` that looks, or is asked next.
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
    if (this.#isOwn(now - this.#begun)) this.#sampled.addAll(this.#sample);
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

  /** A processor that was busy with something else meanwhile spoils a sample, unless a stage may have waited for that. */
  #isOwn(ms: number): boolean {
    return this.#cpuMs === undefined || ms < 2 * (cpuMs() - this.#cpuMs) + SHORT;
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
    return all.ms.map((ms, place) => Math.max(0, ms - (all.times[place] ?? 0) * this.#lookMs));
  }

  /** By place, in ms. */
  times(now: number): readonly number[] {
    const unknown = this.#unknown + (this.running ? now - this.#mark : 0);
    return addAll([...this.#known], this.#shares(unknown));
  }
}

/** How long, and how often, each place was visited. */
class Visits {
  readonly ms: number[] = [];
  readonly times: number[] = [];

  /** Without a check per visit: so the visit costs little, and V8 has little to learn of it. */
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
